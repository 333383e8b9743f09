import type { SettingsView } from '#contract/settings.ts';
import type { Input } from '#lib/api.ts';

/** What stands in the form; a number is text while it is typed. */
export type Chosen = Pick<SettingsView, 'organisation' | 'timeZone' | 'language' | 'rowsPerPage' | 'showPages' | 'gravatar'> & {
  passwordMinimum: string;
};
type Change = Omit<Input<'PATCH /settings'>['body'], 'version'>;

/** What differs from what is stored: others may have changed the rest meanwhile. */
export function changeOf(chosen: Chosen, stored: SettingsView): Change {
  const organisation = chosen.organisation.trim();
  const passwordMinimum = Number(chosen.passwordMinimum);
  return {
    ...(organisation !== stored.organisation && { organisation }),
    ...(chosen.timeZone !== stored.timeZone && { timeZone: chosen.timeZone }),
    ...(chosen.language !== stored.language && { language: chosen.language }),
    ...(chosen.rowsPerPage !== stored.rowsPerPage && { rowsPerPage: chosen.rowsPerPage }),
    ...(passwordMinimum !== stored.passwordMinimum && { passwordMinimum }),
    ...(chosen.gravatar !== stored.gravatar && { gravatar: chosen.gravatar }),
    ...(chosen.showPages !== stored.showPages && { showPages: chosen.showPages }),
  };
}
