import { defineEntity, p } from '@mikro-orm/postgresql';
import { nowColumn } from '../platform/db/columns.ts';
import { Admin } from './Admin.ts';

const AvatarSchema = defineEntity({
  name: 'Avatar',
  properties: {
    admin: () => p.oneToOne(Admin).primary().deleteRule('cascade').owner(),
    /** 256 × 256 WebP of our own making; what was uploaded is not kept. */
    picture: p.blob().lazy(),
    /** SHA-256 of the picture in hex: the address changes with it. */
    hash: p.text(),
    uploadedAt: nowColumn(),
  },
});
/** A picture that somebody uploaded of themselves. */
export class Avatar extends AvatarSchema.class {}
AvatarSchema.setClass(Avatar);

const GravatarSchema = defineEntity({
  name: 'Gravatar',
  properties: {
    /** SHA-256 in hex of the trimmed lower-case address. */
    emailHash: p.text().primary(),
    /** null: Gravatar knows none. */
    picture: p.blob().nullable().lazy(),
    hash: p.text().nullable(),
    fetchedAt: nowColumn(),
  },
});
/** What Gravatar answered for an address, kept so that it is asked seldom and by nobody's browser. */
export class Gravatar extends GravatarSchema.class {}
GravatarSchema.setClass(Gravatar);
