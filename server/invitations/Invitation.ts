import { defineEntity, p } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import { Department } from '../departments/Department.ts';
import { idColumn, nowColumn, versionColumn } from '../platform/db/columns.ts';
import { Role } from '../roles/Role.ts';

const DAY = 24 * 60 * 60 * 1000;

const InvitationSchema = defineEntity({
  name: 'Invitation',
  properties: {
    id: idColumn(),
    email: p.text(),
    /** As the inviter wrote it beside the address. */
    name: p.text().nullable(),
    roles: () => p.manyToMany(Role),
    departments: () => p.oneToMany(InvitationDepartment).mappedBy('invitation').orphanRemoval().orderBy({ name: 'asc' }),
    /** Chosen by the inviter; the invitee cannot change it. */
    username: p.text().nullable(),
    note: p.text().nullable(),
    invitedBy: () => p.manyToOne(Admin),
    state: p.enum(['pending', 'accepted', 'expired', 'revoked']).default('pending'),
    /** What the link's token is derived from: neither this nor the hash opens anything by itself. */
    nonce: p.blob(),
    tokenHash: p.blob().unique(),
    createdAt: nowColumn(),
    /** When the newest link was made. */
    sentAt: nowColumn(),
    expiresAt: p.datetime(),
    openedAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    /** When its holder asked for a new link: once per link. */
    askedAt: p.datetime().nullable(),
    /** When the one reminder was sent for the newest link. */
    remindedAt: p.datetime().nullable(),
    editedAt: p.datetime().nullable(),
    acceptedBy: () => p.manyToOne(Admin).nullable(),
    /** How often it was resent in the 24 hours that began at `resendsSince`. */
    resends: p.integer().default(0),
    resendsSince: p.datetime().nullable(),
    version: versionColumn(),
  },
  uniques: [
    {
      name: 'invitation_open_email_unique',
      expression: `create unique index "invitation_open_email_unique" on "invitation" (lower("email")) where "state" = 'pending'`,
    },
  ],
  indexes: [{ properties: ['state', 'expiresAt'] }],
});
/** A pending account and its link. */
export class Invitation extends InvitationSchema.class {
  /** The truth everywhere it is asked; the worker that marks expiry only makes it known. `now` is the database's. */
  isOpen(now: Date): boolean {
    return this.state === 'pending' && this.expiresAt > now;
  }
  stateAt(now: Date): 'pending' | 'accepted' | 'expired' | 'revoked' {
    return this.state === 'pending' && !this.isOpen(now) ? 'expired' : this.state;
  }
  /** Until when the resends of today count; `undefined` when there is none. */
  resendsCountUntil(now: Date): Date | undefined {
    if (!this.resendsSince) return undefined;
    const end = new Date(this.resendsSince.getTime() + DAY);
    return end > now ? end : undefined;
  }
  resentToday(now: Date): number {
    return this.resendsCountUntil(now) ? this.resends : 0;
  }
}
InvitationSchema.setClass(Invitation);

const InvitationDepartmentSchema = defineEntity({
  name: 'InvitationDepartment',
  properties: {
    id: idColumn(),
    invitation: () => p.manyToOne(Invitation).deleteRule('cascade'),
    /** Null once it is deleted: then whoever accepts does not join it, and is told its name. */
    department: () => p.manyToOne(Department).nullable().deleteRule('set null'),
    name: p.text(),
    ticketNotifications: p.boolean().default(true),
  },
  uniques: [{ properties: ['invitation', 'department'] }],
});
/** That whoever accepts will belong to a department. */
export class InvitationDepartment extends InvitationDepartmentSchema.class {}
InvitationDepartmentSchema.setClass(InvitationDepartment);

const InvitationOldLinkSchema = defineEntity({
  name: 'InvitationOldLink',
  properties: {
    tokenHash: p.blob().primary(),
    invitation: () => p.manyToOne(Invitation).deleteRule('cascade'),
    askedAt: p.datetime().nullable(),
  },
});
/** A link that a newer one replaced: kept so that its holder can be told so. */
export class InvitationOldLink extends InvitationOldLinkSchema.class {}
InvitationOldLinkSchema.setClass(InvitationOldLink);
