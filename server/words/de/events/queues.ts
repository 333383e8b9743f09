import type { queueEvents } from '#contract/events/queues.ts';
import { sayStored } from '../../say.ts';
import type { EventWords } from '../../event-words.ts';
import { among } from './phrases.ts';

export const queues: EventWords<typeof queueEvents> = {
  'job.failed': { label: 'Ein Auftrag schlug fehl', title: f => `ist an einem Auftrag von ${f.queue} gescheitert: ${sayStored(f.reason)}` },
  'queue.paused': { label: 'Eine Warteschlange wurde angehalten', title: f => `hat die Warteschlange ${f.queue} angehalten` },
  'queue.resumed': { label: 'Eine Warteschlange läuft wieder', title: f => `hat die Warteschlange ${f.queue} fortgesetzt` },
  'job.retried': {
    label: 'Ein fehlgeschlagener Auftrag wurde erneut versucht',
    title: f => `hat einen Auftrag von ${f.queue} erneut versuchen lassen`,
  },
  'job.removed': { label: 'Ein Auftrag wurde entfernt', title: f => `hat einen Auftrag von ${f.queue} entfernt` },
  'jobs.retried': {
    label: 'Fehlgeschlagene Aufträge wurden erneut versucht',
    title: f => `hat ${among(f.jobs, 'fehlgeschlagenen Auftrag', 'fehlgeschlagene Aufträge')} von ${f.queue} erneut versuchen lassen`,
  },
  'jobs.removed': {
    label: 'Fehlgeschlagene Aufträge wurden entfernt',
    title: f => `hat ${among(f.jobs, 'fehlgeschlagenen Auftrag', 'fehlgeschlagene Aufträge')} von ${f.queue} entfernt`,
  },
};
