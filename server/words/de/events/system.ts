import type { systemEvents } from '#contract/events/system.ts';
import { sayStored } from '../../say.ts';
import type { EventWords } from '../../event-words.ts';
import { among, changed } from './phrases.ts';

export const system: EventWords<typeof systemEvents> = {
  'rule.added': { label: 'Eine Regel wurde angelegt', title: f => `hat die Regel ${f.rule} angelegt` },
  'rule.edited': { label: 'Eine Regel wurde geändert', title: f => `hat an der Regel ${f.rule} geändert: ${changed(f.changes)}` },
  'rule.deleted': { label: 'Eine Regel wurde gelöscht', title: f => `hat die Regel ${f.rule} gelöscht` },
  'rule.tested': { label: 'Eine Regel wurde getestet', title: f => `hat die Regel ${f.rule} an ${f.target} getestet` },
  'provider.activated': { label: 'Ein Anbieter wurde aktiviert', title: f => `hat ${sayStored(f.provider)} aktiviert` },
  'provider.deactivated': { label: 'Ein Anbieter wurde deaktiviert', title: f => `hat ${sayStored(f.provider)} deaktiviert` },
  'provider.tested': {
    label: 'Ein Anbieter wurde getestet',
    title: f => `hat ${sayStored(f.provider)} getestet: ${f.ok ? 'er hat geantwortet' : 'er hat abgelehnt'}`,
  },
  'provider.paused': {
    label: 'Ein Anbieter wurde angehalten',
    title: f => `hat ${sayStored(f.provider)} angehalten: ${sayStored(f.reason)}`,
  },
  'delivery.failed': {
    label: 'Eine Zustellung schlug endgültig fehl',
    title: f => `hat ${sayStored(f.provider)} an ${f.target} aufgegeben: ${sayStored(f.reason)}`,
  },
  'delivery.replayed': {
    label: 'Eine Zustellung wurde erneut gesendet',
    title: f => `hat ${sayStored(f.provider)} an ${f.target} erneut gesendet`,
  },
  'deliveries.replayed': {
    label: 'Zustellungen wurden zusammen erneut gesendet',
    title: f => `hat ${among(f.deliveries, 'fehlgeschlagene Zustellung', 'fehlgeschlagene Zustellungen')} erneut gesendet`,
  },
  'mail.kept-read': { label: 'Eine verwahrte Mail wurde gelesen', title: f => `hat die verwahrte Mail an ${f.to} gelesen` },
  'widget.failing': {
    label: 'Eine Kachel lässt sich nicht laden',
    title: f => `konnte ${sayStored(f.widget)} nicht neu laden: ${sayStored(f.reason)}`,
  },
  'widget.recovered': { label: 'Eine Kachel lädt wieder', title: f => `hat ${sayStored(f.widget)} wieder geladen` },
  'extension.configured': {
    label: 'Eine Erweiterung wurde eingestellt',
    title: f => `hat an der Erweiterung ${f.widget} geändert: ${changed(f.changes)}`,
  },
  'projections.rebuilt': {
    label: 'Die Geschäftszahlen wurden neu berechnet',
    title: () => 'hat die Geschäftszahlen aus den Ereignissen neu berechnet',
  },
  'host.added': { label: 'Ein Host wird beobachtet', title: f => `beobachtet den Host ${f.host}` },
  'host.edited': { label: 'Ein beobachteter Host wurde geändert', title: f => `hat am Host ${f.host} geändert: ${changed(f.changes)}` },
  'host.deleted': { label: 'Ein Host wird nicht mehr beobachtet', title: f => `beobachtet den Host ${f.host} nicht mehr` },
  'host.tested': { label: 'Ein Host wurde geprüft', title: f => `hat ${f.target} geprüft: ${f.ok ? 'er ist wohlauf' : 'er ist es nicht'}` },
  'host.down': { label: 'Ein Host ist ausgefallen', title: f => `fand den Host ${f.host} ausgefallen: ${sayStored(f.reason)}` },
  'host.back': { label: 'Ein Host ist zurück', title: f => `fand den Host ${f.host} wieder wohlauf` },
  'settings.changed': { label: 'Einstellungen wurden geändert', title: f => `hat die Einstellungen geändert: ${changed(f.changes)}` },
};
