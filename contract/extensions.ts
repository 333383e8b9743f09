import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { moment } from './shared.ts';

const settings = z.object({
  /** JSON Schema (draft 2020-12), as the widget's own schema says. */
  form: z.record(z.string(), z.unknown()),
  /** What is set, without the secrets. */
  values: z.record(z.string(), z.unknown()),
  /** For each secret that is set, how it ends. */
  secrets: z.record(z.string(), z.string()),
  /** 0 as long as nothing was ever set. */
  version: z.int(),
  changed: z.object({ at: moment, by: z.string() }).nullable(),
});

export const extensionView = z.object({
  /** Its widget's, on the dashboard. */
  id: z.string(),
  /** The name of its file. */
  file: z.string(),
  title: z.string(),
  /** A widget of its own, one in the place of an included one, or a file that cannot be loaded. */
  state: z.enum(['adds', 'replaces', 'broken']),
  /** Why it cannot be loaded. */
  problem: z.string().nullable(),
  needs: z.object({ permission: z.string(), label: z.string() }),
  /** null: there is nothing to set. */
  settings: settings.nullable(),
});
export type ExtensionView = z.infer<typeof extensionView>;

export const listExtensions = endpoint('GET', '/extensions', 'The files of the extensions folder, and what each is.', {
  result: z.object({ items: z.array(extensionView) }),
});
export const configureExtension = endpoint(
  'PUT',
  '/extensions/:id',
  'Sets what an extension’s schema asks for. A secret left out keeps the stored one, unless an address among the settings changed.',
  {
    body: z.strictObject({
      /** As it was read; another one since then is a conflict. */
      version: z.int().min(0),
      settings: z.record(z.string().max(60), z.unknown()),
    }),
    result: extensionView,
  },
);
