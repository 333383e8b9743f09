import { z } from 'zod';

export type Family = 'security' | 'staff' | 'system' | 'business' | 'custom';
export type Severity = 'info' | 'good' | 'warn' | 'bad';

/** One thing that can happen: audit, push, rules, placeholders, the API's description and the labels all read this entry. */
export interface EventKind<F extends z.ZodType = z.ZodType> {
  family: Family;
  label: string;
  severity: Severity;
  /** Everything a reader may need later, so that no fact has to be looked up after it changed. */
  facts: F;
  /** One sentence without the actor's name: "invited sam@northwind.example as Support Operator". */
  title: (facts: z.infer<F>) => string;
  /** Where in the product it can be looked at. */
  link?: (facts: z.infer<F>) => string;
}

export const event = <F extends z.ZodType>(kind: EventKind<F>): EventKind<F> => kind;

/** What a name in a fact is the name of, so that conditions can offer the ones there are. */
export const NAMED = ['department', 'role', 'person'] as const;
export type Named = (typeof NAMED)[number];
/** A fact, or a list of facts, that names one of these. */
export const naming = <S extends z.ZodType>(names: Named, schema: S): S => schema.meta({ names });

export const text = z.string().trim().max(500);
export const key = z.string().trim().min(1).max(100);
/** An amount in its currency (ISO 4217). Never added across currencies. */
export const money = z.object({
  amount: z.number().min(-1e12).max(1e12),
  currency: z.string().regex(/^[A-Z]{3}$/, 'Three capital letters, such as USD.'),
});
export type Money = z.infer<typeof money>;
export const sum = ({ amount, currency }: Money): string => `${amount.toFixed(2)} ${currency}`;

/** One field of a change: as it was, and as it is. Secrets stand in neither. */
const change = z.object({ before: z.unknown(), after: z.unknown() });
export const changes = z.record(z.string(), change);
/** The changed fields by their names as people say them: `rowsPerPage` is "rows per page". */
export const fieldsIn = (changed: Record<string, unknown>): string =>
  Object.keys(changed)
    .map(name => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase())
    .join(', ');
