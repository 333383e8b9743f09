import { LANGUAGES, languageOf } from '#contract/languages.ts';
import type { SettingsView } from '#contract/settings.ts';
import { rowsPerPage } from '#contract/shared.ts';
import type { Organisation } from './Organisation.ts';

/** @param baseUrl where this installation answers: from the environment, shown with what is chosen here. */
export const presentSettings = (organisation: Organisation, baseUrl: string): SettingsView => ({
  organisation: organisation.name,
  timeZone: organisation.timeZone,
  language: languageOf(organisation.language) ?? LANGUAGES[0],
  rowsPerPage: rowsPerPage.parse(organisation.rowsPerPage),
  passwordMinimum: organisation.passwordMinimum,
  showPages: organisation.showPages,
  gravatar: organisation.gravatar,
  baseUrl,
  version: organisation.version,
  changed:
    organisation.changedAt && organisation.changedBy ? { at: organisation.changedAt.toISOString(), by: organisation.changedBy } : null,
});
