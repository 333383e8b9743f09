import { defineEntity, p } from '@mikro-orm/postgresql';

const JobTallySchema = defineEntity({
  name: 'JobTally',
  properties: {
    /** The quarter of an hour that it is about, when it began: the day of every time zone is made of whole ones. */
    quarter: p.datetime().primary(),
    job: p.text().primary(),
    runs: p.integer(),
    /** Runs that threw; some of them were tried again. */
    failed: p.integer(),
    busyMs: p.bigint('number'),
    lastAt: p.datetime(),
  },
});
/** How often the workers ran a job, and how long that took them. */
export class JobTally extends JobTallySchema.class {}
JobTallySchema.setClass(JobTally);
