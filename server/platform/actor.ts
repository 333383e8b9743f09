import type { Want } from '#contract/factors.ts';
import type { Language } from '#contract/languages.ts';
import type { Permission } from '#contract/permissions.ts';

/** Who does something: a person, a program with an API key, Quarterdeck itself, or nobody known. */
export interface Actor {
  kind: 'admin' | 'key' | 'system' | 'anonymous';
  /** The admin's id, or the key's. */
  id?: string;
  /** As history shall call them. */
  name: string;
  /** All that they may do, implied rights included; for a key its scopes within what its owner may do now. */
  permissions: ReadonlySet<Permission>;
  superadmin: boolean;
  /** For a person the login session; for a key its owner. */
  sessionId?: string;
  /** Whether this person proved within the last ten minutes who they are. */
  confirmed?: boolean;
  /** Half signed in: only what gives this is open to them. */
  wants?: Want;
  ownerId?: string;
  /** What they read; of a person. */
  language?: Language;
  address?: string;
  requestId?: string;
}

/** The workers, the clock, and whatever else happens without a person. */
export const SYSTEM: Actor = { kind: 'system', name: 'Quarterdeck', permissions: new Set(), superadmin: false };
