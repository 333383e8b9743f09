import type { Holding } from '#contract/live.ts';
import type { Person, Visitor } from './visitor.ts';

/** How a tab was lost. `closed` may come back in a moment; `silent` has been gone for long already; `signed_out` will not come back. */
export type Parting = 'closed' | 'silent' | 'signed_out';

/** What the sockets tell about tabs, and ask for those who watch. `tab` is any id that is unique in this process. */
export interface Attendance {
  arrived(tab: string, visitor: Visitor): void;
  here(tab: string, at: { away: boolean; page: string }): void;
  /** Any sign of life. */
  heard(tab: string): void;
  left(tab: string, how: Parting): void;
  /** @param version by `personVersion`. */
  profileChanged(adminId: string, person: Person, version: number): void;
  /** People with a tab at this process. */
  readonly people: number;
  /** The packets that bring somebody with this state up to date; none when they are. */
  catchUp(holding: Holding): string[];
  /** A difference came in. False: keep it from the sockets. */
  received(packet: string): boolean;
  /** From now on all that is published is heard; what was published before is lost. Told at the start, and whenever Redis is back. */
  listening(): Promise<void>;
  /** How to reach this process' own sockets that may see the roster. */
  showTo(deliver: (packet: string) => void): void;
  /** For how long Redis has not answered, in ms; 0 before it was ever asked. */
  readonly silence: number;
  /** This process stops: its people are on their way to another one. */
  moving(): Promise<void>;
}
