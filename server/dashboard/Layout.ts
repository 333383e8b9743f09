import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Arrangement } from '#contract/layout.ts';
import { Admin } from '../admins/Admin.ts';
import { nowColumn, versionColumn } from '../platform/db/columns.ts';
import { Role } from '../roles/Role.ts';

const OwnLayoutSchema = defineEntity({
  name: 'OwnLayout',
  properties: {
    admin: () => p.oneToOne(Admin).primary().deleteRule('cascade').owner(),
    /** null: given up. The row stays, so that its version goes on and no tab takes what it has read for the latest. */
    arrangement: p.json<Arrangement>().nullable(),
    changedAt: nowColumn(),
    version: versionColumn(),
  },
});
/** How somebody arranged their dashboard. */
export class OwnLayout extends OwnLayoutSchema.class {}
OwnLayoutSchema.setClass(OwnLayout);

const DefaultLayoutSchema = defineEntity({
  name: 'DefaultLayout',
  properties: {
    role: () => p.oneToOne(Role).primary().deleteRule('cascade').owner(),
    arrangement: p.json<Arrangement>(),
    publishedAt: nowColumn(),
    publishedBy: p.text(),
  },
});
/** How the dashboard of a role's people is arranged until they arrange it themselves. */
export class DefaultLayout extends DefaultLayoutSchema.class {}
DefaultLayoutSchema.setClass(DefaultLayout);
