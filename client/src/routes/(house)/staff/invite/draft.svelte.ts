import { splitAddresses } from '#contract/addresses.ts';
import type { InvitationView } from '#contract/invitations.ts';

interface DepartmentChoice {
  id: string;
  ticketNotifications: boolean;
}

/** What an invitation that exists is to, as the fields of a form have it; departments that are gone stay behind. */
export const chosenIn = (invitation: InvitationView): { roleIds: string[]; departments: DepartmentChoice[] } => ({
  roleIds: invitation.roles.map(({ id }) => id),
  departments: invitation.departments.flatMap(({ id, ticketNotifications }) => (id === null ? [] : [{ id, ticketNotifications }])),
});

/** An invitation that is being written. */
export class Draft {
  /** As it was typed or pasted. */
  text = $state('');
  username = $state('');
  note = $state('');
  roleIds = $state.raw<readonly string[]>([]);
  departments = $state.raw<readonly DepartmentChoice[]>([]);
  readonly addresses = $derived(splitAddresses(this.text));

  /** @param like another invitation, whose terms are proposed */
  constructor(like?: InvitationView) {
    if (!like) return;
    this.note = like.note ?? '';
    Object.assign(this, chosenIn(like));
  }

  get dirty(): boolean {
    return this.text.trim() !== '' || this.username !== '';
  }

  /** What all are invited to. */
  get terms() {
    return { roleIds: [...this.roleIds], departments: [...this.departments], note: this.note.trim() };
  }

  /** For others, on the same terms. @param entries addresses to begin with */
  next(entries: readonly string[]): void {
    this.text = entries.join('\n');
    this.username = '';
  }
}
