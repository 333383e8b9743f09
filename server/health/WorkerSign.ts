import { defineEntity, p } from '@mikro-orm/postgresql';
import { nowColumn } from '../platform/db/columns.ts';

const WorkerSignSchema = defineEntity({
  name: 'WorkerSign',
  properties: {
    /** Of one run of one process. */
    id: p.uuid().primary(),
    /** Its machine and process, for people. */
    name: p.text(),
    startedAt: nowColumn(),
    heardAt: nowColumn(),
    /** When it was found missing. */
    goneAt: p.datetime().nullable(),
    /** The missing one whose place it took. */
    succeeds: p.uuid().nullable(),
  },
});
/** That a worker lives. One that stops as it should takes its row with it. */
export class WorkerSign extends WorkerSignSchema.class {}
WorkerSignSchema.setClass(WorkerSign);
