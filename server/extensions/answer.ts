import { DriverException, type EntityManager } from '@mikro-orm/postgresql';
import { LARGEST_FIGURES } from '#contract/widgets.ts';
import type { Tools } from '../platform/tools.ts';
import type { Serve } from './ExtensionThread.ts';
import type { FetchAnswer } from './messages.ts';

/** The most rows that one query answers. */
const MOST_ROWS = 10_000;

/** A statement may not outlive the load that it is for, in ms. */
const BUDGET = 10_000;

/** What PostgreSQL said of a statement, without the statement. */
const refusalOf = (error: DriverException): string =>
  `The query failed: ${error.cause instanceof Error ? error.cause.message : (error.message.split(' - ').at(-1) ?? '')}`;

/** Runs a statement of an extension's: it reads, and no more. */
function query(em: EntityManager, sql: string, values: readonly unknown[]): Promise<object[]> {
  return em.transactional(
    async em => {
      await em.execute(`set local statement_timeout = ${BUDGET}`);
      const rows = await em.execute<object[]>(`select * from (${sql.replace(/;\s*$/, '')}\n) answer limit ${MOST_ROWS + 1}`, [...values]);
      if (rows.length > MOST_ROWS) throw new Error(`The query answers more than ${MOST_ROWS} rows.`);
      return rows;
    },
    { readOnly: true },
  );
}

/** What extensions may ask: the database, to read, and other hosts by the guarded way out. */
export const answer =
  ({ em, outbound }: Pick<Tools, 'outbound'> & { em: EntityManager }, signal: AbortSignal): Serve =>
  async ask => {
    if (ask.what === 'query') {
      return query(em.fork(), ask.sql, ask.values).catch((error: unknown) => {
        throw error instanceof DriverException ? new Error(refusalOf(error), { cause: error }) : error;
      });
    }
    const response = await outbound.request(ask.url, { ...ask.options, signal, largest: LARGEST_FIGURES });
    return { status: response.status, headers: [...response.headers], body: await response.text() } satisfies FetchAnswer;
  };
