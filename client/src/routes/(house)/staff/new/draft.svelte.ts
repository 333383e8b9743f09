import type { DepartmentChoice } from '#contract/departments.ts';
import type { Language } from '#contract/languages.ts';
import type { Input } from '#lib/api.ts';
import { mayBeSet } from '#lib/password.ts';

/** An account as it is being written. */
export class NewAccount {
  firstName = $state('');
  lastName = $state('');
  email = $state('');
  username = $state('');
  roleIds = $state.raw<readonly string[]>([]);
  departments = $state.raw<readonly DepartmentChoice[]>([]);
  signature = $state('');
  privateNotes = $state('');
  language = $state<Language | null>(null);
  disabled = $state(false);
  /** Whether the password is chosen here, and not made by the server. */
  ownPassword = $state(false);
  password = $state('');
  again = $state('');

  readonly dirty = $derived(
    [this.firstName, this.lastName, this.email, this.username, this.signature, this.privateNotes, this.password].some(Boolean) ||
      this.roleIds.length + this.departments.length > 0,
  );

  mayBeSent(passwordMinimum: number): boolean {
    return !this.ownPassword || mayBeSet(this.password, this.again, passwordMinimum);
  }

  get body(): Input<'POST /admins'>['body'] {
    const { firstName, lastName, roleIds, departments, signature, language, disabled } = this;
    const notes = this.privateNotes.trim();
    return {
      firstName,
      lastName,
      email: this.email.trim(),
      username: this.username.trim(),
      roleIds: [...roleIds],
      departments: [...departments],
      signature,
      language,
      disabled,
      ...(notes && { privateNotes: notes }),
      ...(this.ownPassword && { password: this.password }),
    };
  }
}
