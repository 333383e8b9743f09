import type { SessionView } from '#contract/auth.ts';
import { session } from '#lib/session.svelte.ts';

/** Somebody is signed in, for components that show their own things: an answer as the server gives it. */
export function signedIn(permissions: string[] = [], id = '01980000-0000-7000-8000-000000000001'): void {
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const view: SessionView = {
    me: {
      id,
      username: 'ana',
      email: 'ana@northwind.example',
      firstName: 'Ana',
      lastName: 'Ruiz',
      name: 'Ana Ruiz',
      roles: [],
      avatar: null,
      avatarSource: 'initials',
      superadmin: false,
      theme: 'system',
      density: 'comfortable',
      gettingStarted: false,
      shortcuts: true,
      rowsPerPage: null,
      language: null,
      timeZone: 'UTC',
      version: 1,
    },
    permissions,
    declaredRights: [],
    wants: null,
    ways: [],
    enrolBy: null,
    language: 'en',
    organisation: { name: 'Northwind', timeZone: 'UTC', rowsPerPage: 50 },
    session: { id, expiresAt: later, idleUntil: later, idleSeconds: 3600, confirmedUntil: later },
    version: 'test',
  };
  session.take(view);
}
