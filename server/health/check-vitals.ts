import type { EntityManager } from '@mikro-orm/postgresql';
import { type Standing, step } from '../hosts/step.ts';
import type { Tools } from '../platform/tools.ts';
import { type Finding, type Vital, vitals } from './vitals.ts';

/** Whether it is this process that looks now. */
async function claim(em: EntityManager, { id, every }: Vital): Promise<boolean> {
  const claimed = await em.execute<{ id: string }[]>(
    `insert into vital (id, due_at) values (?, now() + make_interval(secs => ?))
     on conflict (id) do update set due_at = excluded.due_at where vital.due_at <= now() returning id`,
    [id, every],
  );
  return claimed.length > 0;
}

const UNKNOWN: Standing = { state: 'up', streak: 0 };

/** How these are, by id; those without a row are well. */
async function standings(em: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  if (ids.length === 0) return new Map();
  const rows = await em.execute<(Standing & { id: string })[]>('select id, state, streak from vital where id in (?)', [ids]);
  return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}

/**
 * Writes down what a look changes, and tells of it in the same transaction where that makes it down or back. A row that is not as it was
 * read was written by another, whose look counts.
 */
async function note(em: EntityManager, { id, ok, down, back }: Finding, before: Standing, steady: number): Promise<void> {
  const next = step(before, ok, steady);
  if (next.state === before.state && next.streak === before.streak) return;
  await em.transactional(async em => {
    const [row] = await em.execute<{ seconds: number }[]>(
      `with before as (select since from vital where id = ?)
       insert into vital (id, state, streak, streak_since) values (?, ?, ?, now())
       on conflict (id) do update set
         state = excluded.state, streak = excluded.streak,
         since = case when vital.state = excluded.state then vital.since else coalesce(vital.streak_since, now()) end,
         streak_since = case when excluded.streak > 0 then coalesce(vital.streak_since, now()) end
       where vital.state = ? and vital.streak = ?
       returning coalesce(round(extract(epoch from now() - (select since from before))), 0)::int as seconds`,
      [id, id, next.state, next.streak, before.state, before.streak],
    );
    if (row && next.turned === 'down') down(em);
    if (row && next.turned === 'back') back(em, row.seconds);
  });
}

async function check(em: EntityManager, tools: Tools, vital: Vital): Promise<void> {
  if (!(await claim(em, vital))) return;
  const findings = await vital.look(em, tools);
  const known = await standings(
    em,
    findings.map(({ id }) => id),
  );
  for (const finding of findings) await note(em.fork(), finding, known.get(finding.id) ?? UNKNOWN, vital.steady);
}

/**
 * Looks at each vital whose time has come. One that cannot be judged now keeps none of the others waiting.
 * @param all what is looked at
 */
export async function checkVitals(tools: Tools, all: readonly Vital[] = vitals): Promise<void> {
  const checks = all.map(vital =>
    check(tools.orm.em.fork(), tools, vital).catch((error: unknown) =>
      tools.log.debug({ err: error, vital: vital.id }, 'health: could not be looked at'),
    ),
  );
  await Promise.all(checks);
}
