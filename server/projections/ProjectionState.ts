import { defineEntity, p } from '@mikro-orm/postgresql';

const ProjectionStateSchema = defineEntity({
  name: 'ProjectionState',
  properties: {
    /** Always 1: all projections stand at the same event. */
    id: p.integer().primary().autoincrement(false),
    /** The number of the last event that is in the figures. */
    seq: p.bigint('number'),
    /** What the rows mean, by the program that wrote them; another program makes them anew. */
    shape: p.integer(),
    /** When they were last made from the first event on. */
    rebuiltAt: p.datetime(),
  },
});
/** How far the figures made of business events have come. */
export class ProjectionState extends ProjectionStateSchema.class {}
ProjectionStateSchema.setClass(ProjectionState);
