import type { vitalEvents } from '#contract/events/vitals.ts';
import { sayStored } from '../../say.ts';
import type { EventWords } from '../../event-words.ts';

/** @param seconds whole ones */
function lasting(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
const called = (dependency: string): string => (dependency === 'the mail server' ? 'den Mailserver' : dependency);

export const vitals: EventWords<typeof vitalEvents> = {
  'queue.backed-up': {
    label: 'Eine Warteschlange hat sich gestaut',
    title: f => `fand einen Stau in der Warteschlange ${f.queue}: ${f.waiting} warten, der erste Auftrag seit ${lasting(f.seconds)}`,
  },
  'queue.caught-up': {
    label: 'Eine Warteschlange hat aufgeholt',
    title: f => `fand, dass die Warteschlange ${f.queue} nach ${lasting(f.seconds)} aufgeholt hat`,
  },
  'worker.gone': {
    label: 'Ein Worker ist verschwunden',
    title: f => `vermisst den Worker ${f.worker}: ${f.working === 0 ? 'Jetzt arbeitet keiner' : `${f.working} arbeiten noch`}`,
  },
  'worker.back': {
    label: 'Ein Worker ist zurück',
    title: f => `hat wieder einen Worker, ${f.worker}: Jetzt arbeiten ${f.working}`,
  },
  'dependency.down': {
    label: 'Etwas, worauf Quarterdeck steht, ist ausgefallen',
    title: f => `hat ${called(f.dependency)} verloren: ${sayStored(f.reason)}`,
  },
  'dependency.back': {
    label: 'Etwas, worauf Quarterdeck steht, ist zurück',
    title: f => `hat ${called(f.dependency)} nach ${lasting(f.seconds)} wieder`,
  },
};
