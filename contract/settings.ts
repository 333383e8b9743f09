import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { LANGUAGES } from './languages.ts';
import { moment, name, rowsPerPage, timeZone } from './shared.ts';

export const settingsView = z.object({
  organisation: z.string(),
  timeZone: z.string(),
  language: z.enum(LANGUAGES),
  rowsPerPage,
  passwordMinimum: z.int(),
  /** Whether Staff Online shows which page a person has open. */
  showPages: z.boolean(),
  /** Whether Quarterdeck asks Gravatar for pictures. */
  gravatar: z.boolean(),
  baseUrl: z.string(),
  version: z.int(),
  changed: z.object({ at: moment, by: z.string() }).nullable(),
});
export type SettingsView = z.infer<typeof settingsView>;
export const getSettings = endpoint('GET', '/settings', 'What the organisation chose.', { result: settingsView });
export const editSettings = endpoint('PATCH', '/settings', 'Changes settings; a version that is no longer the newest is a conflict.', {
  body: z.strictObject({
    version: z.int(),
    organisation: name.optional(),
    timeZone: timeZone.optional(),
    language: z.enum(LANGUAGES).optional(),
    rowsPerPage: rowsPerPage.optional(),
    passwordMinimum: z.int().min(8).max(64).optional(),
    showPages: z.boolean().optional(),
    gravatar: z.boolean().optional(),
  }),
  result: settingsView,
});
