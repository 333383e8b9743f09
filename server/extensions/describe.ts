import { z } from 'zod';
import { eventKind } from '#contract/events.ts';
import { BUILT_IN } from '#contract/permissions.ts';
import { loadedViews } from '#contract/widgets.ts';
import type { Description } from './messages.ts';

const sentence = z.string().trim().min(1).max(300);
const own = z.strictObject({ label: z.string().trim().min(1).max(60), effect: sentence });
const milliseconds = z.number().min(1000, 'must be at least 1000, which is a second');

/** A widget's file, held at run time against what its type says in the editor. */
const spec = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, 'must be small letters, digits and hyphens, and begin with a letter'),
  title: z.string().trim().min(1).max(80),
  description: z.string().trim().max(300).default(''),
  view: z.enum(loadedViews, `must be one of ${loadedViews.join(', ')}`),
  columns: z.literal([1, 2, 3], 'must be 1, 2 or 3').default(1),
  rows: z.int().min(1).max(20).default(3),
  weight: z.number().default(100),
  needs: z.union([z.enum(BUILT_IN), own], 'must be a right of the product’s, or { label, effect } for one of its own'),
  refreshOn: z
    .array(
      z
        .string()
        .refine(type => type === '*' || eventKind(type) !== undefined, { error: ({ input }) => `names no event: ${String(input)}` }),
    )
    .default([]),
  every: milliseconds.optional(),
  cache: milliseconds.optional(),
  settings: z.instanceof(z.ZodObject, { error: 'must be z.object({ … })' }).optional(),
  load: z.custom<(tools: never) => unknown>(value => typeof value === 'function', 'must be a function'),
});
export type Spec = z.output<typeof spec>;

function sentenceOf({ path, message, ...issue }: z.core.$ZodIssue): string {
  if (path.length > 0) return `${path.join('.')}: ${message}`;
  if (issue.code !== 'unrecognized_keys') return message;
  return `${issue.keys.map(key => `“${key}”`).join(', ')}: no such field; there are ${Object.keys(spec.shape).join(', ')}`;
}

/**
 * @param name the file's, without its ending
 * @throws Error that names every field at fault
 */
export function readSpec(given: unknown, name: string): Spec {
  if (typeof given !== 'object' || given === null) throw new Error('Its default export is not a widget.');
  const { data, error } = spec.safeParse(given);
  if (!data) throw new Error(error.issues.map(sentenceOf).join('; '));
  if (data.id !== name) throw new Error(`Its id is “${data.id}” and must be its file's name, “${name}”.`);
  if (data.refreshOn.length === 0 && data.every === undefined) throw new Error('refreshOn or every: one must say when it is loaded again.');
  return data;
}

const isSecret = (field: unknown): boolean => field instanceof z.ZodType && z.globalRegistry.get(field)?.['secret'] === true;

/** What can cross to another thread of it. */
export function describe({ load, settings, needs, ...rest }: Spec): Description {
  void load;
  return {
    ...rest,
    ...(typeof needs === 'string' ? { needs } : { own: needs }),
    ...(settings && {
      settings: {
        form: z.toJSONSchema(settings, { io: 'input' }),
        secrets: Object.entries(settings.shape).flatMap(([name, field]) => (isSecret(field) ? [name] : [])),
      },
    }),
  };
}
