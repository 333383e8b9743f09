import type { EntityManager } from '@mikro-orm/postgresql';

/** How long tallies are kept. */
const DAYS = 40;

interface Count {
  runs: number;
  failed: number;
  busyMs: number;
}

const ADD = `
  insert into job_tally (quarter, job, runs, failed, busy_ms, last_at)
  select date_bin('15 minutes', now(), timestamptz '2000-01-01 00:00Z'), job, runs, failed, "busyMs", now()
    from jsonb_to_recordset(?::jsonb) as counted(job text, runs int, failed int, "busyMs" bigint)
  on conflict (quarter, job) do update
     set runs = job_tally.runs + excluded.runs, failed = job_tally.failed + excluded.failed,
         busy_ms = job_tally.busy_ms + excluded.busy_ms, last_at = excluded.last_at`;

/**
 * Counts what a worker does, in memory, until it is written down: a statement for each run would cost more than many of the runs.
 * What a worker that is killed has not written down yet is lost, and with it nothing but a count.
 */
export class Tally {
  #counts = new Map<string, Count>();

  /** @param ms how long the run took */
  note(job: string, ms: number, failed: boolean): void {
    const { runs, failed: before, busyMs } = this.#counts.get(job) ?? { runs: 0, failed: 0, busyMs: 0 };
    this.#counts.set(job, { runs: runs + 1, failed: before + (failed ? 1 : 0), busyMs: busyMs + ms });
  }

  /** Adds what was counted since the last time to the rows, in one statement; counts on where that fails. */
  async writeDown(em: EntityManager): Promise<void> {
    if (this.#counts.size === 0) return;
    const counts = this.#counts;
    this.#counts = new Map();
    try {
      const rows = [...counts].map(([job, { busyMs, ...count }]) => ({ job, ...count, busyMs: Math.round(busyMs) }));
      await em.execute(ADD, [JSON.stringify(rows)]);
    } catch (error) {
      for (const [job, { runs, failed, busyMs }] of counts) {
        const since = this.#counts.get(job) ?? { runs: 0, failed: 0, busyMs: 0 };
        this.#counts.set(job, { runs: since.runs + runs, failed: since.failed + failed, busyMs: since.busyMs + busyMs });
      }
      throw error;
    }
    await em.execute(`delete from job_tally where quarter < now() - interval '${DAYS} days'`);
  }
}
