import { defineEntity, p } from '@mikro-orm/postgresql';
import { MIN_PASSWORD_LENGTH } from '#contract/accounts.ts';
import { versionColumn } from '../platform/db/columns.ts';

const OrganisationSchema = defineEntity({
  name: 'Organisation',
  properties: {
    /** One installation serves one organisation: there is one row, with this id. */
    id: p.integer().primary().autoincrement(false).check('id = 1'),
    name: p.text(),
    timeZone: p.text(),
    language: p.text().default('en'),
    rowsPerPage: p.integer().default(50),
    passwordMinimum: p.integer().default(MIN_PASSWORD_LENGTH),
    showPages: p.boolean().default(true),
    /** Whether our server asks Gravatar for pictures. */
    gravatar: p.boolean().default(true),
    /** Private networks that may be watched: CIDR, with commas between them. */
    watchedNetworks: p.text().default(''),
    /** What the sign-in page says to everybody. */
    signInNotice: p.text().default(''),
    /** What the one-time set-up link is derived from. */
    setupNonce: p.blob(),
    /** Set when the first superadmin was made; from then on set-up is closed. */
    setUpAt: p.datetime().nullable(),
    changedAt: p.datetime().nullable(),
    changedBy: p.text().nullable(),
    version: versionColumn(),
  },
});
/** What the organisation chose. */
export class Organisation extends OrganisationSchema.class {}
OrganisationSchema.setClass(Organisation);
