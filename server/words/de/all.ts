import { fields } from './fields.ts';
import { mails } from './mails.ts';
import { messages } from './messages.ts';
import { people } from './people.ts';
import { providers } from './providers.ts';
import { refusals } from './refusals.ts';
import { rules } from './rules.ts';
import { widgets } from './widgets.ts';

/**
 * What the server says, in German, by the English that stands in the code. Each part is a file of this folder; `events/` has what
 * happens. Sie, short, matter of fact; verbs in the infinitive on buttons; „…“ for quotes; no “bitte”, no apologies.
 *
 * account Konto · activity log Aktivitätsprotokoll · admin Admin · admin area Verwaltungsbereich · API key API-Schlüssel · dashboard
 * Dashboard · deactivate/disable deaktivieren · delivery Zustellung · delivery log Zustellprotokoll · department Abteilung · event
 * Ereignis · fact Angabe · invitation Einladung · job Auftrag · layout Anordnung · login session Anmeldesitzung · password Passwort ·
 * permission, right Berechtigung · presence Anwesenheit · provider Anbieter · queue Warteschlange · recovery code
 * Wiederherstellungscode · revoke widerrufen · role Rolle · rule Regel · second factor zweiter Faktor · settings Einstellungen ·
 * sign in, sign out an-, abmelden · staff Team · superadmin Full Administrator (the role’s name) · to-do Aufgabe · widget Kachel
 */
export const german = { ...mails, ...messages, ...rules, ...providers, ...widgets, ...people, ...refusals, ...fields } as const;
