import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Heard } from './heard.ts';

const ProjectedClientSchema = defineEntity({
  name: 'ProjectedClient',
  properties: {
    /** As events name it. */
    client: p.text().primary(),
    /** As it was last said to be called, where it was. */
    name: p.text().nullable(),
    /** The last thing that it did: the event's type, and the number of what it did it to. Null while it did nothing. */
    deed: p.text().nullable(),
    thing: p.text().nullable(),
    deedAt: p.datetime().nullable(),
    closed: p.boolean().default(false),
    heard: p.json<Heard>(),
  },
  indexes: [{ properties: ['deedAt'] }],
});
/** A client and what it did last. */
export class ProjectedClient extends ProjectedClientSchema.class {}
ProjectedClientSchema.setClass(ProjectedClient);
