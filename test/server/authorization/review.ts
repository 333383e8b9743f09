import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Knocker } from './actors.ts';

/** For each way to be answered who is, as one readable line. */
export type Row = Record<string, string>;

const KINDS = ['dead session', 'right', 'key', 'dead key'] as const;

/** Names them in their order; where most of a kind are answered alike they are not named one by one. */
function named(people: readonly Knocker[], all: readonly Knocker[]): string {
  const names = people.filter(({ kind }) => kind === undefined).map(({ name }) => name);
  for (const kind of KINDS) {
    const these = people.filter(one => one.kind === kind);
    const count = all.filter(one => one.kind === kind).length;
    if (these.length === count) names.push(`every ${kind}`);
    else if (these.length * 2 > count) names.push(`every other ${kind}`);
    else names.push(...these.map(({ name }) => name));
  }
  return names.join(', ');
}

/** Who is meant where the file says "every". */
export const legend = (knockers: readonly Knocker[]): Row =>
  Object.fromEntries(
    KINDS.map(kind => [
      `every ${kind}`,
      knockers
        .filter(one => one.kind === kind)
        .map(({ name }) => name)
        .join(', '),
    ]),
  );

/** @param cells the answer of each knocker, in their order */
export function rowOf(knockers: readonly Knocker[], cells: readonly string[]): Row {
  const groups = Map.groupBy(knockers, who => cells[knockers.indexOf(who)] ?? '');
  const rank = (cell: string): string => (cell === 'allowed' ? '' : cell);
  const sorted = [...groups].toSorted(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));
  return Object.fromEntries(sorted.map(([cell, people]) => [cell, named(people, knockers)]));
}

const sorted = <T>(rows: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(rows).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Holds what was found against what was reviewed, or with UPDATE=1 puts it in its place.
 * @param file beside this one
 */
export function hold(file: string, rows: Record<string, unknown>): void {
  const path = `${import.meta.dirname}/${file}`;
  const text = `${JSON.stringify(sorted(rows), null, 2)}\n`;
  if (process.env['UPDATE']) writeFileSync(path, text);
  const reviewed: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  expect(sorted(rows), `differs from ${file}: if that is meant, npm run matrix writes it anew; review the difference`).toEqual(reviewed);
}
