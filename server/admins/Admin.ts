import { type OptionalProps, defineEntity, p } from '@mikro-orm/postgresql';
import type { Permission } from '#contract/permissions.ts';
import { idColumn, nowColumn, versionColumn } from '../platform/db/columns.ts';
import { Role, effectiveOf } from '../roles/Role.ts';

const AdminSchema = defineEntity({
  name: 'Admin',
  properties: {
    id: idColumn(),
    username: p.text(),
    email: p.text(),
    firstName: p.text(),
    lastName: p.text(),
    /** `<key id>$<argon2id in PHC form>` over the peppered password. */
    passwordHash: p.text().hidden(),
    roles: () => p.manyToMany(Role),
    /** Set by hand by somebody else: nothing opens before the person has chosen another. */
    mustChangePassword: p.boolean().default(false),
    /** Since when a role has asked for a second factor that is not there; its days of grace count from here. */
    secondFactorAskedAt: p.datetime().nullable(),
    signature: p.text().default(''),
    /** Seen by this person and by superadmins. */
    privateNotes: p.text().default(''),
    language: p.text().nullable(),
    avatarSource: p.enum(['gravatar', 'upload', 'initials']).default('gravatar'),
    /** What the picture that is shown is known by; null: initials. It follows from others and is settled with them (`avatars/settle.ts`). */
    avatar: p.text().nullable(),
    /** Kinds of system mail that the person does not want, of those their roles send. */
    messageTypesOff: p.array<string>().columnType('text[]').default([]),
    /** Whether the dashboard shows what to do first: from an accepted invitation until the person puts it away. */
    gettingStarted: p.boolean().default(false),
    density: p.enum(['comfortable', 'compact']).default('comfortable'),
    /** Whether single letters are shortcuts. */
    shortcuts: p.boolean().default(true),
    theme: p.enum(['system', 'light', 'dark']).default('system'),
    rowsPerPage: p.integer().nullable(),
    timeZone: p.text().nullable(),
    disabledAt: p.datetime().nullable(),
    /** The name of whoever disabled them. */
    disabledBy: p.text().nullable(),
    /** Moves with disabling and with a new password: sessions of another epoch are dead. */
    authEpoch: p.integer().default(1),
    /** Moves when what the person may do changes: open pages come back through the door. */
    rightsEpoch: p.integer().default(1),
    /** The name of whoever moved it last. */
    rightsChangedBy: p.text().nullable(),
    lastSeenAt: p.datetime().nullable(),
    createdAt: nowColumn(),
    version: versionColumn(),
  },
  uniques: [
    { name: 'admin_username_unique', expression: 'create unique index "admin_username_unique" on "admin" (lower("username"))' },
    { name: 'admin_email_unique', expression: 'create unique index "admin_email_unique" on "admin" (lower("email"))' },
  ],
});
/** A staff account. */
export class Admin extends AdminSchema.class {
  /** They are computed: nobody who makes an account gives them. */
  declare [OptionalProps]?: 'name' | 'isSuperadmin';

  get name(): string {
    return `${this.firstName} ${this.lastName}`;
  }
  /** All that this person may do. Needs `roles` loaded. */
  effective(): Set<Permission> {
    return effectiveOf(this.roles);
  }
  get isSuperadmin(): boolean {
    return this.roles.getItems().some(role => role.superadmin);
  }
}
AdminSchema.setClass(Admin);
