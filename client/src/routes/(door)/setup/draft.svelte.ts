import { ownZone } from '#lib/zones.ts';

const KEY = 'setup-draft';
const KEPT = ['firstName', 'lastName', 'email', 'username', 'organisation', 'timeZone', 'language'] as const;
type Kept = Record<(typeof KEPT)[number], string>;

/** What was typed so far. It survives a reload of the tab, but for the password: secrets are not written down. */
export class Draft {
  firstName = $state('');
  lastName = $state('');
  email = $state('');
  username = $state('');
  organisation = $state('');
  timeZone = $state(ownZone());
  language = $state<string>(document.documentElement.lang);
  password = $state('');
  /** The password, typed again. */
  second = $state('');

  constructor() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Kept>;
      for (const field of KEPT) this[field] = kept[field] ?? this[field];
    } catch {
      // Nothing kept, or nothing that can be read.
    }
  }
  keep(): void {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(KEPT.map(field => [field, this[field]]))));
    } catch {
      // Without storage a reload begins anew.
    }
  }
  drop(): void {
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // Nothing was kept.
    }
  }
}
