import type { Lamp } from '#contract/widgets.ts';

const INKS = ['text-c1', 'text-c2', 'text-c3', 'text-c4', 'text-c5', 'text-c6'];
const LIT: Record<Lamp, string> = { ok: 'text-ok', warn: 'text-warn', bad: 'text-bad', idle: 'text-ink3', busy: 'text-accent' };
const DASHES = [undefined, '5 3', '2 3', '9 3 2 3'];

/** The colour of a series, as a class that sets it. */
export const inkOf = (index: number, lamp: Lamp | undefined): string => (lamp ? LIT[lamp] : (INKS[index % INKS.length] ?? 'text-c1'));
/** Lines differ by more than their colour. */
export const dashOf = (index: number): string | undefined => DASHES[index % DASHES.length];
