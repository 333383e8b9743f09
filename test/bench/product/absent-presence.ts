import { randomUUID } from 'node:crypto';
import type { RosterSnapshot } from '#contract/presence.ts';
import type { Presence as Kept } from '#server/presence/Presence.ts';

/** Stands where presence would, and keeps none: nothing is written, published or told. */
export class Presence implements Pick<Kept, keyof Kept> {
  readonly id = randomUUID();
  readonly people = 0;
  readonly silence = 0;
  roster = (): RosterSnapshot => ({ epoch: '', version: 0, total: 0, people: [] });
  rosterText = (): string => JSON.stringify(this.roster());
  rosterVersion = (): string => 'absent';
  showTo = (): void => undefined;
  arrived = (): void => undefined;
  here = (): void => undefined;
  heard = (): void => undefined;
  left = (): void => undefined;
  profileChanged = (): void => undefined;
  catchUp = (): string[] => [];
  received = (): boolean => true;
  listening = (): Promise<void> => Promise.resolve();
  moving = (): Promise<void> => Promise.resolve();
}
