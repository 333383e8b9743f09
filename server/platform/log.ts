import { type DestinationStream, type LevelWithSilent, type Logger, type LoggerOptions, pino } from 'pino';

export type Log = Logger;
export type LogLevel = LevelWithSilent;

/** The field names that carry secrets, wherever in an entry's first three levels they stand. */
const SECRET_FIELDS = ['password', 'newPassword', 'token', 'secret', 'secretKey', 'apiKey', 'cookie', 'authorization', '["set-cookie"]'];

const anywhere = (field: string): string[] =>
  field.startsWith('[') ? [field, `*${field}`, `*.*${field}`] : [field, `*.${field}`, `*.*.${field}`];

/** The log: each entry a line of JSON on standard output, or where it is told, with secrets replaced. Errors go under `err`. */
export function createLog(level: LogLevel, destination: DestinationStream = pino.destination({ fd: 1, sync: true })): Log {
  const options: LoggerOptions = {
    level,
    base: { pid: process.pid },
    redact: { paths: SECRET_FIELDS.flatMap(anywhere), censor: '[redacted]' },
  };
  return pino(options, destination);
}
