import type { rights as english, rightGroups as englishGroups } from '../en/rights.ts';

export const rights: typeof english = {
  'dashboard.view': {
    label: 'Dashboard ansehen',
    effect: 'Öffnet das Dashboard und die Kacheln, die die übrigen Berechtigungen erlauben.',
  },
  'todos.share': { label: 'Aufgaben teilen', effect: 'Sieht, ergänzt und erledigt geteilte Aufgaben und kann welche bekommen.' },
  'presence.view': { label: 'Anwesende ansehen', effect: 'Sieht, wer den Verwaltungsbereich offen hat, seit wann und wo.' },
  'overview.view': { label: 'Geschäftszahlen ansehen', effect: 'Sieht die Summen von Bestellungen, Einnahmen und Tickets.' },
  'billing.view': { label: 'Abrechnung ansehen', effect: 'Sieht den Verlauf der Einnahmen, Erstattungen und überfällige Rechnungen.' },
  'orders.view': { label: 'Bestellungen ansehen', effect: 'Sieht Bestellungen, von wem sie sind und was aus ihnen wurde.' },
  'tickets.view': { label: 'Tickets ansehen', effect: 'Sieht, welche Tickets auf wen warten und wie lange.' },
  'clients.view': { label: 'Kunden ansehen', effect: 'Sieht die Kunden und was sie zuletzt getan haben.' },
  'queues.view': { label: 'Warteschlangen ansehen', effect: 'Sieht, woran die Worker arbeiten und was wartet oder fehlschlug.' },
  'queues.manage': {
    label: 'Warteschlangen verwalten',
    effect: 'Hält Warteschlangen an, setzt sie fort, lässt fehlgeschlagene Aufträge erneut versuchen und entfernt Aufträge.',
  },
  'system.view': { label: 'Systemzustand ansehen', effect: 'Sieht den Zustand von Datenbank, Redis, Platte, Uhr und Versionen.' },
  'admins.view': { label: 'Team ansehen', effect: 'Sieht Konten und Einladungen.' },
  'admins.invite': {
    label: 'Einladen',
    effect: 'Sendet, wiederholt und widerruft Einladungen zu Rollen, die nicht mehr gewähren als die eigenen.',
  },
  'admins.edit': {
    label: 'Team bearbeiten',
    effect: 'Legt Admins von Hand an und ändert Konten, Rollen und Abteilungen derer, die nicht mehr dürfen.',
  },
  'admins.disable': { label: 'Team deaktivieren', effect: 'Deaktiviert, aktiviert und löscht Konten und übergibt, was ihnen gehört.' },
  'admins.secure': {
    label: 'Konten sichern',
    effect: 'Sieht und beendet Anmeldesitzungen anderer, sendet ihnen Links für neue Passwörter und setzt ihren zweiten Faktor zurück.',
  },
  'departments.edit': {
    label: 'Abteilungen bearbeiten',
    effect: 'Legt Abteilungen an, ändert, ordnet und löscht sie und entscheidet, wer dazugehört.',
  },
  'roles.edit': {
    label: 'Rollen bearbeiten',
    effect: 'Legt Rollen an, ändert und löscht sie, soweit sie nicht mehr gewähren als die eigenen.',
  },
  'roles.view': { label: 'Rollen ansehen', effect: 'Sieht die Rollen und was jede gewährt.' },
  'rules.view': { label: 'Benachrichtigungsregeln ansehen', effect: 'Sieht die Regeln und welche Anbieter aktiv sind.' },
  'rules.edit': { label: 'Benachrichtigungsregeln bearbeiten', effect: 'Legt Regeln an, ändert, testet und löscht sie.' },
  'providers.edit': { label: 'Anbieter einrichten', effect: 'Aktiviert und ändert E-Mail, Slack und die anderen Wege nach draußen.' },
  'deliveries.view': { label: 'Zustellprotokoll ansehen', effect: 'Verfolgt jede Nachricht vom Ereignis bis zur Antwort.' },
  'deliveries.replay': { label: 'Erneut senden', effect: 'Sendet fehlgeschlagene und unterdrückte Nachrichten noch einmal.' },
  'activity.view': { label: 'Aktivitätsprotokoll ansehen', effect: 'Sieht, wer was wann und von wo geändert hat.' },
  'events.read': { label: 'Ereignisse lesen', effect: 'Liest den nummerierten Strom der Ereignisse über die API.' },
  'events.write': { label: 'Ereignisse melden', effect: 'Meldet Geschäftsereignisse und eigene Ereignisse über die API.' },
  'settings.view': { label: 'Einstellungen ansehen', effect: 'Sieht, was die Organisation gewählt hat.' },
  'settings.edit': { label: 'Einstellungen bearbeiten', effect: 'Ändert Name, Zeitzone, Zeilen je Seite und Passwortlänge.' },
  'mail.read': { label: 'Verwahrte Mails lesen', effect: 'Liest Mails, die verwahrt wurden, weil kein Mailserver eingerichtet ist.' },
  'keys.view': { label: 'API-Schlüssel ansehen', effect: 'Sieht, welche Schlüssel es gibt, was sie dürfen und wann sie benutzt wurden.' },
  'keys.edit': {
    label: 'API-Schlüssel anlegen und widerrufen',
    effect: 'Legt Schlüssel an, die nicht mehr dürfen als man selbst, und widerruft jeden Schlüssel.',
  },
};

export const rightGroups: typeof englishGroups = { Operate: 'Betrieb', People: 'Personen', Signals: 'Signale', System: 'System' };
