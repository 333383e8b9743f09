import { z } from 'zod';
import type { Value } from './widget.ts';

/** What an extension says of itself, as its thread read it. */
export const description = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  view: z.string(),
  columns: z.number(),
  rows: z.number(),
  weight: z.number(),
  /** A right of the product's; absent where it declares its own. */
  needs: z.string().optional(),
  own: z.object({ label: z.string(), effect: z.string() }).optional(),
  refreshOn: z.array(z.string()),
  every: z.number().optional(),
  cache: z.number().optional(),
  /** JSON Schema (draft 2020-12) of its settings, for the form, and the names of the secrets among them. */
  settings: z.object({ form: z.record(z.string(), z.unknown()), secrets: z.array(z.string()) }).optional(),
});
export type Description = z.infer<typeof description>;

export type Settings = Record<string, unknown>;

/** What is asked of a thread. */
export type Call = { what: 'describe' } | { what: 'load'; settings: Settings } | { what: 'check'; settings: Settings };

/** What a thread asks of whoever started it while it loads. */
export type Ask =
  | { what: 'query'; sql: string; values: readonly Value[] }
  | { what: 'fetch'; url: string; options: { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string } };
export interface FetchAnswer {
  status: number;
  headers: [string, string][];
  body: string;
}

export type ToThread = { call: number; it: Call } | { answered: number; value: unknown } | { refused: number; reason: string };
export type FromThread = { done: number; value: unknown } | { failed: number; reason: string } | { ask: number; during: number; it: Ask };
