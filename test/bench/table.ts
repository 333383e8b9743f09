import type { Result } from './result.ts';
import type { Spread } from './verdict.ts';

const COLUMNS = ['scenario', 'measure', 'ours', 'baseline', 'ratio min/median/max', 'goal', 'gate', 'verdict'] as const;

/** A figure in as few characters as three digits need: 0.052, 4.31, 312, 98k, 1.2M. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 999_500) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (size >= 9_999.5) return `${Math.round(value / 1000)}k`;
  if (size >= 99.95 || Number.isInteger(value)) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

const three = ({ min, median, max }: Spread, show: (value: number) => string): string => [min, median, max].map(show).join('/');

function cells({ scenario, measure, ours, baseline, ratio, goal, gate, verdict }: Result): string[] {
  const counted = typeof ours === 'number';
  return [
    scenario,
    counted ? `${measure} #` : measure,
    counted ? String(Number(ours.toFixed(3))) : three(ours, short),
    baseline ? `${baseline.name} ${three(baseline, short)}` : '–',
    ratio ? three(ratio, value => value.toFixed(2)) : '–',
    goal,
    gate,
    verdict,
  ];
}

/** All results as one markdown table, its columns aligned so that it reads as well in a terminal. `#` marks exact counts. */
export function table(results: readonly Result[]): string {
  const rows = [[...COLUMNS], ...results.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...body.map(line)].join('\n');
}
