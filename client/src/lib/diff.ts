import { locale } from '#lib/words/en/language.ts';
import { factNames } from '#contract/words/en/facts.ts';
import { isPermission, right } from '#contract/permissions.ts';
import { inFull } from './clock.svelte.ts';
import { activity as words } from './words/en/activity.ts';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const numbers = new Intl.NumberFormat(locale);

/** A field as people call it: from the words, else its name taken apart (`rowsPerPage` → "Rows per page"). */
export function fieldName(name: string): string {
  if (Object.hasOwn(factNames, name)) return factNames[name] ?? name;
  const apart = name
    .replaceAll(/[._-]/g, ' ')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .trim();
  return apart.charAt(0).toUpperCase() + apart.slice(1);
}

/** A value as it is read; '' for what is not there. Objects, which have no text of their own, as their JSON. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return numbers.format(value);
  if (typeof value === 'string')
    return MOMENT.test(value) ? inFull(value) : isPermission(value) ? `${right(value).label} (${value})` : value;
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return JSON.stringify(value, undefined, 1).replaceAll(/\s*\n\s*/g, ' ');
}

/** One field that was changed. Of lists only what went and what came; `kept` counts the rest. */
export interface Change {
  field: string;
  before: string[];
  after: string[];
  kept: number;
}

function change(name: string, before: unknown, after: unknown): Change {
  const field = fieldName(name);
  if (!Array.isArray(before) && !Array.isArray(after)) {
    return { field, before: [valueText(before)].filter(Boolean), after: [valueText(after)].filter(Boolean), kept: 0 };
  }
  const [had, has] = [before, after].map(list => (Array.isArray(list) ? list.map(valueText) : [valueText(list)].filter(Boolean)));
  const went = (had ?? []).filter(each => !has?.includes(each));
  return {
    field,
    before: went,
    after: (has ?? []).filter(each => !had?.includes(each)),
    kept: (had ?? []).length - went.length,
  };
}

/** What was changed, field by field, where the facts say what was before and after. */
export function changesOf(facts: Record<string, unknown>): Change[] {
  const { changes } = facts;
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) return [];
  return Object.entries(changes as Record<string, unknown>).flatMap(([name, sides]) =>
    typeof sides === 'object' && sides !== null && 'before' in sides && 'after' in sides ? [change(name, sides.before, sides.after)] : [],
  );
}
