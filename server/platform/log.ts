import { type LevelWithSilent, type Logger, pino } from 'pino';

export type Log = Logger;
export type LogLevel = LevelWithSilent;

/** The field names that carry secrets, wherever in an entry's first three levels they stand. */
const SECRET_FIELDS = ['password', 'newPassword', 'token', 'secret', 'secretKey', 'apiKey', 'cookie', 'authorization', '["set-cookie"]'];

const anywhere = (field: string): string[] =>
  field.startsWith('[') ? [field, `*${field}`, `*.*${field}`] : [field, `*.${field}`, `*.*.${field}`];

/** The log: a line of JSON an entry on standard output, secrets replaced. Errors go under `err`. */
export function createLog(level: LogLevel): Log {
  return pino({ level, base: { pid: process.pid }, redact: { paths: SECRET_FIELDS.flatMap(anywhere), censor: '[redacted]' } });
}
