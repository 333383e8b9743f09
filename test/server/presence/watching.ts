import { z } from 'zod';
import { type RosterSnapshot, rosterSnapshot } from '#contract/presence.ts';
import { type Sessions, type Site, type Tab, connected, openTab } from '../live/site.ts';

const diff = z.object({
  epoch: z.string(),
  version: z.int(),
  changed: z.array(z.object({ id: z.string(), state: z.string() })),
  gone: z.array(z.string()),
});

/** Who a tab was shown, by all it was told: as a browser keeps it. */
export function shown(tab: Tab): Record<string, string> {
  const people = new Map<string, string>();
  for (const [event, body] of tab.heard) {
    if (event === 'presence:roster') {
      people.clear();
      for (const { id, state } of rosterSnapshot.parse(body).people) people.set(id, state);
    }
    if (event !== 'presence:changed') continue;
    const { changed, gone } = diff.parse(body);
    for (const { id, state } of changed) people.set(id, state);
    for (const id of gone) people.delete(id);
  }
  return Object.fromEntries(people);
}

/** The epochs of differences that came to a tab which held another: a browser can do nothing with those but ask again. */
export function strange(tab: Tab): string[] {
  let held = '';
  return tab.heard.flatMap(([event, body]) => {
    if (event === 'presence:roster') held = rosterSnapshot.parse(body).epoch;
    if (event !== 'presence:changed') return [];
    const { epoch } = diff.parse(body);
    return epoch === held ? [] : [epoch];
  });
}

/** The differences a tab was told. */
export const changes = (tab: Tab): z.infer<typeof diff>[] => tab.of('presence:changed').map(body => diff.parse(body));

/** The roster as the process at `site` has it. */
export const roster = (site: Site): RosterSnapshot => {
  if (!site.presence) throw new Error('this site keeps no roster');
  return site.presence.roster();
};

/** A person with a tab, and their id. */
export async function enter(
  site: Site,
  sessions: Sessions,
  options: Parameters<typeof openTab>[2] = {},
): Promise<{ id: string; session: string; tab: Tab }> {
  const session = sessions.open();
  return { id: sessions.visitor(session).adminId, session, tab: await connected(openTab(site.url, session, options)) };
}
