import type { RosterRow } from '#contract/presence.ts';
import type { Person } from '../platform/live/visitor.ts';

/** One open page, or one that was closed a moment ago. Times in ms. */
export interface Tab {
  adminId: string;
  heardAt: number;
  /** It missed a heartbeat. */
  silent: boolean;
  /** It has said whether it is away. */
  said: boolean;
  awaySince: number | undefined;
  page: string | undefined;
  pageAt: number;
  closedAt: number | undefined;
}

interface Sighting {
  since: number;
  tabs: ReadonlySet<Tab>;
}

/** Online while any tab is in use, away when all are idle, checking when none was heard of lately. */
export function judge({ since, tabs }: Sighting): Pick<RosterRow, 'state' | 'stateSince'> {
  const heard = [...tabs].filter(tab => !tab.silent);
  if (tabs.size > 0 && heard.length === 0) return { state: 'checking', stateSince: Math.max(...[...tabs].map(tab => tab.heardAt)) };
  const idle = heard.flatMap(({ awaySince }) => awaySince ?? []);
  if (heard.length > 0 && idle.length === heard.length) return { state: 'away', stateSince: Math.max(...idle) };
  return { state: 'online', stateSince: since };
}

/** The page said last, by a tab in use if there is one. */
function shownPage(tabs: ReadonlySet<Tab>): { page?: string; pageAt: number } {
  const inUse = [...tabs].filter(tab => !tab.silent && tab.awaySince === undefined && tab.page !== undefined);
  const [last] = (inUse.length > 0 ? inUse : [...tabs]).sort((a, b) => b.pageAt - a.pageAt);
  return { pageAt: last?.pageAt ?? 0, ...(last?.page !== undefined && { page: last.page }) };
}

/** A person's row as one process knows it, in the lines that `scripts/common.lua` reads. JSON has no line feed in it. */
export function entryOf(member: Sighting & { person: Person; knownAt: number }, showsPage: boolean): string {
  const { state, stateSince } = judge(member);
  const { page, pageAt } = shownPage(member.tabs);
  const { name, roles, avatar } = member.person;
  return [
    [...member.tabs].some(tab => tab.said) ? 1 : 0,
    state,
    member.since,
    stateSince,
    pageAt,
    showsPage && page !== undefined ? JSON.stringify(page) : '',
    member.knownAt,
    JSON.stringify({ name, roles, avatar }).slice(1, -1),
  ].join('\n');
}
