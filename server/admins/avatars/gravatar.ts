import type { EntityManager } from '@mikro-orm/postgresql';
import { OutboundError } from '../../platform/outbound.ts';
import { Problem } from '../../platform/problem.ts';
import type { Tools } from '../../platform/tools.ts';
import { pictureHash } from './own.ts';
import { redraw } from './redraw.ts';
import { EMAIL_HASH, PICTURES, settleAvatars } from './settle.ts';

/** How many addresses are asked about in one run. */
const AT_ONCE = 100;
/** In bytes. */
const LARGEST = 1024 * 1024;

/** Whose picture Gravatar is asked for: those who chose it and can sign in, as long as the organisation wants it. */
const WANTED = `a.disabled_at is null and a.avatar_source = 'gravatar' and exists (select from organisation where gravatar)`;
/** A picture is good for a day; that there is none is believed for an hour. */
const DUE = `(g.email_hash is null or g.fetched_at < now() - case when g.hash is null then interval '1 hour' else interval '1 day' end)`;

async function dueAddresses(em: EntityManager): Promise<string[]> {
  const rows = await em.execute<{ hash: string }[]>(
    `select distinct ${EMAIL_HASH} as hash from ${PICTURES} where ${WANTED} and ${DUE} limit ${AT_ONCE}`,
  );
  return rows.map(({ hash }) => hash);
}

/** Of several workers one asks. Whatever comes of it, nobody asks again before the time. */
async function claim(em: EntityManager, emailHash: string): Promise<boolean> {
  const claimed = await em.execute<unknown[]>(
    `insert into gravatar as g (email_hash, fetched_at) values (?, now())
     on conflict (email_hash) do update set fetched_at = now() where ${DUE} returning 1`,
    [emailHash],
  );
  return claimed.length > 0;
}

/** @returns null where there is none that can be used. @throws OutboundError when Gravatar cannot be asked */
async function fetchPicture({ outbound, gravatarUrl }: Tools, emailHash: string): Promise<Buffer | null> {
  const url = new URL(`${emailHash}?s=256&d=404`, gravatarUrl);
  const answer = await outbound.request(url, { largest: LARGEST });
  if (answer.status >= 500) throw new OutboundError('unreachable', `${url.host} answered ${answer.status}.`);
  if (answer.status !== 200) return null;
  try {
    return await redraw(Buffer.from(await answer.arrayBuffer()));
  } catch (error) {
    if (error instanceof Problem && error.code === 'bad_picture') return null;
    throw error;
  }
}

const keep = (em: EntityManager, emailHash: string, picture: Buffer | null): Promise<unknown> =>
  em.execute('update gravatar set picture = ?, hash = ? where email_hash = ?', [picture, picture && pictureHash(picture), emailHash]);

/** What nobody shows any more is not kept, least of all when the organisation has switched it off. */
const forget = (em: EntityManager): Promise<unknown> =>
  em.execute(`delete from gravatar g where not exists (select from admin a where ${WANTED} and ${EMAIL_HASH} = g.email_hash)`);

/**
 * Asks Gravatar for the pictures that are due and shows what came. While it cannot be asked the last pictures stay; who is left
 * is asked about in the next run.
 */
export async function refreshGravatars(em: EntityManager, tools: Tools, signal: AbortSignal): Promise<void> {
  try {
    for (const emailHash of await dueAddresses(em)) {
      if (signal.aborted) break;
      if (await claim(em, emailHash)) await keep(em, emailHash, await fetchPicture(tools, emailHash));
    }
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    tools.log.warn({ err: error }, 'avatars: Gravatar cannot be asked');
  }
  await forget(em);
  if ((await settleAvatars(em)) > 0) tools.broadcast.control({ kind: 'look' });
}
