import type { EntityManager } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import { SYSTEM } from '../platform/actor.ts';
import { uuidv7 } from '../platform/db/columns.ts';
import type { Outbound } from '../platform/outbound.ts';
import { organisation } from '../settings/queries.ts';
import { type Seen, lookAt } from './look.ts';
import { networksIn } from './networks.ts';
import { type Standing, step } from './step.ts';

/** How many are looked at together. */
const AT_ONCE = 50;

interface Due extends Standing {
  id: string;
  name: string;
  target: string;
  expectedStatus: number;
  within: number;
  steady: number;
  version: number;
}

const COLUMNS = `id, name, target, expected_status as "expectedStatus", "within", steady, state, streak, version`;

/** Takes those whose time has come, so that no other worker looks at them too, and says when theirs comes next. */
const claim = (em: EntityManager): Promise<Due[]> =>
  em.execute<Due[]>(
    `update watched_host set due_at = now() + make_interval(secs => every_seconds)
      where id in (select id from watched_host where due_at <= now() order by due_at limit ${AT_ONCE} for update skip locked)
      returning ${COLUMNS}`,
  );

/** Writes down what was seen, and that the host went down or came back. What was changed or deleted meanwhile was not what was seen. */
async function note(em: EntityManager, { id, version }: Due, { ms, reason }: Seen): Promise<void> {
  await em.transactional(async em => {
    const [host] = await em.execute<(Due & { began: string | null })[]>(
      `select ${COLUMNS}, streak_since as began from watched_host where id = ? and version = ? for update`,
      [id, version],
    );
    if (!host) return;
    const next = step(host, reason === null, host.steady);
    await em.execute(
      `update watched_host set state = ?, streak = ?, last_at = now(), last_ms = ?, last_reason = ?,
              since = case when state = ? then since else coalesce(streak_since, now()) end,
              streak_since = case when ? > 0 then coalesce(streak_since, now()) end
        where id = ?`,
      [next.state, next.streak, ms, reason, next.state, next.streak, id],
    );
    await em.execute('insert into host_check (id, host_id, at, ms, reason, turned) values (?, ?, now(), ?, ?, ?)', [
      uuidv7(),
      id,
      ms,
      reason,
      next.turned,
    ]);
    if (next.turned === 'down') record(em, SYSTEM, 'host.down', { hostId: id, host: host.name, reason: reason ?? '' });
    if (next.turned === 'back') record(em, SYSTEM, 'host.back', { hostId: id, host: host.name });
  });
}

/** Looks at every host whose time has come. @returns how many that were */
export async function checkDueHosts(em: EntityManager, outbound: Outbound): Promise<number> {
  const due = await claim(em);
  if (due.length === 0) return 0;
  const networks = networksIn((await organisation(em)).watchedNetworks);
  await Promise.all(due.map(async host => note(em.fork(), host, await lookAt(host, outbound, networks))));
  return due.length;
}
