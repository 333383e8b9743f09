import pg from 'pg';
import type { Log } from '#server/platform/log.ts';

/** Pauses between two tries to connect, in ms. */
const PAUSE = { first: 100, longest: 2000 };

/**
 * Hears notifications of PostgreSQL on a connection of its own, and connects again whenever that breaks.
 * `heard` is called after each connecting too, since what was notified meanwhile is lost.
 * @returns what ends it
 */
export async function listen(url: string, channel: string, heard: () => void, log: Pick<Log, 'warn'>): Promise<() => Promise<void>> {
  let stopped = false;
  let pause = PAUSE.first;
  let timer: NodeJS.Timeout | undefined;
  let client: pg.Client | undefined;

  const connect = async (): Promise<void> => {
    const connection = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5000 });
    client = connection;
    connection.on('notification', heard);
    connection.on('error', () => undefined); // its end follows
    connection.once('end', () => {
      if (stopped) return;
      timer = setTimeout(() => void connect(), pause);
      pause = Math.min(pause * 2, PAUSE.longest);
    });
    try {
      await connection.connect();
      await connection.query(`listen ${pg.escapeIdentifier(channel)}`);
      pause = PAUSE.first;
      heard();
    } catch (error) {
      log.warn({ err: error }, 'dispatch: PostgreSQL cannot be listened to; events are looked for every few seconds');
      await connection.end().catch(() => undefined);
    }
  };
  await connect();

  return async () => {
    stopped = true;
    clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}
