import type { ActivityEntry } from './activity.ts';
import type { RosterDiff, RosterSnapshot } from './presence.ts';
import type { DeliveryRow } from './deliveries.ts';
import type { NotesView } from './notes.ts';
import type { TodoView } from './todos.ts';
import type { WidgetSnapshot } from './widgets.ts';

/** Why the server closed a socket: `disconnect` follows at once. */
export interface Farewell {
  /** `signed_out`: the session ended. `rights_changed`: come back through the door. `moving`: this process stops, come back after `delay`. */
  reason: 'signed_out' | 'rights_changed' | 'moving';
  /** Why the session ended, as words for the person. */
  detail?: string;
  /** When somebody ended it (ISO 8601); absent where it ran out. */
  at?: string;
  /** For `rights_changed`: the name of whoever changed them. */
  by?: string;
  /** Milliseconds to wait before coming back. */
  delay?: number;
}

/** All that a browser is told. Widgets as whole numbered states, presence as numbered differences. */
export interface ServerToBrowser {
  'widgets:refreshed': (snapshots: WidgetSnapshot[]) => void;
  'presence:changed': (diff: RosterDiff) => void;
  /** After a gap or for a newcomer: the roster whole. */
  'presence:roster': (roster: RosterSnapshot) => void;
  /** The dashboard is arranged anew: at this version of one's own, or by a default where none is named. */
  'layout:changed': (version?: number) => void;
  'activity:added': (entries: ActivityEntry[]) => void;
  'deliveries:changed': (rows: DeliveryRow[]) => void;
  /** A to-do as it is now; null: it is gone, or not for these eyes any more. */
  'todos:changed': (change: { id: string; version: number; todo: TodoView | null }) => void;
  /** One's own notes, as another window saved them. */
  'notes:changed': (notes: NotesView) => void;
  /** What was sent meanwhile may be lost: read again. */
  'live:resync': () => void;
  /**
   * Every 2 s to all, so that a page knows within 5 s that its link is dead. Milliseconds of the server's clock. With `heldSince` the
   * link is alive, but since then the server itself is told nothing: Redis, which carries what changes, does not answer.
   */
  'live:beat': (at: number, heldSince?: number) => void;
  'live:farewell': (farewell: Farewell) => void;
}

/** All that a browser says. Everything else is HTTP. */
export interface BrowserToServer {
  'presence:here': (at: { away: boolean; page: string }) => void;
  /**
   * The widgets that this page shows: of others it is sent nothing from now on. A page that has not said anything yet is sent all. Once
   * it is heard `done` is called: what is read after that misses nothing.
   */
  'widgets:watched': (ids: string[], done: () => void) => void;
}

/** Who is told each message: whoever holds the right whose room it is sent to, or all who are signed in. */
export const toldTo = {
  'widgets:refreshed': 'the right of its widget',
  'presence:changed': 'presence.view',
  'presence:roster': 'presence.view',
  'layout:changed': 'dashboard.view',
  'activity:added': 'activity.view',
  'deliveries:changed': 'deliveries.view',
  'todos:changed': 'todos.share, or whoever is to do it',
  'notes:changed': 'the person',
  'live:resync': 'signed-in',
  'live:beat': 'signed-in',
  'live:farewell': 'signed-in',
} as const satisfies Record<keyof ServerToBrowser, string>;

/** Who may say each message. */
export const heardBy = { 'presence:here': 'signed-in', 'widgets:watched': 'signed-in' } as const satisfies Record<
  keyof BrowserToServer,
  string
>;

/** What the browser holds when it connects, in `auth` of the handshake: it is sent only what it lacks. */
export interface Holding {
  epoch?: string;
  version?: number;
}
