import type { securityEvents } from '#contract/events/security.ts';
import { sayStored } from '../../say.ts';
import type { EventWords } from '../../event-words.ts';
import { among } from './phrases.ts';

/** Repeated refusals are one entry that counts them. */
const oftenIn = (times: number | undefined): string => (times === undefined ? '' : ` (${times} Mal in einer Minute)`);

export const security: EventWords<typeof securityEvents> = {
  'key.made': {
    label: 'Ein API-Schlüssel wurde angelegt',
    title: ({ name, scopes }) => `hat den API-Schlüssel ${name} für ${scopes.join(', ')} angelegt`,
  },
  'key.first-used': {
    label: 'Ein API-Schlüssel wurde zum ersten Mal benutzt',
    title: ({ name, address }) => `hat den API-Schlüssel ${name} zum ersten Mal benutzt, von ${address}`,
  },
  'key.revoked': { label: 'Ein API-Schlüssel wurde widerrufen', title: ({ name }) => `hat den API-Schlüssel ${name} widerrufen` },
  'session.started': { label: 'Jemand hat sich angemeldet', title: ({ device }) => `hat sich mit ${sayStored(device)} angemeldet` },
  'session.refused': { label: 'Eine Anmeldung wurde abgelehnt', title: ({ login }) => `wurde bei der Anmeldung als „${login}“ abgelehnt` },
  'session.locked-out': {
    label: 'Anmeldungen wurden gesperrt',
    title: ({ login, seconds }) => `wurde als „${login}“ für ${Math.ceil(seconds / 60)} min gesperrt`,
  },
  'session.ended': { label: 'Jemand hat sich abgemeldet', title: () => 'hat sich abgemeldet' },
  'session.revoked': {
    label: 'Anmeldesitzungen wurden beendet',
    title: ({ name, sessions }) => `hat ${among(sessions, 'Anmeldesitzung', 'Anmeldesitzungen')} von ${name} beendet`,
  },
  'password.changed': { label: 'Ein Passwort wurde geändert', title: ({ name }) => `hat das Passwort von ${name} geändert` },
  'password.reset-requested': {
    label: 'Ein neues Passwort wurde angefordert',
    title: ({ name, by }) =>
      by === 'shell'
        ? `hat in der Shell einen Link erzeugt, der ein neues Passwort für ${name} setzt`
        : `hat ein neues Passwort für ${name} angefordert`,
  },
  'password.reset-refused': {
    label: 'Ein neues Passwort wurde für niemanden angefordert',
    title: ({ login }) => `hat ein neues Passwort als „${login}“ angefordert; ein solches aktives Konto gibt es nicht`,
  },
  'password.reset': {
    label: 'Ein Passwort wurde neu gesetzt',
    title: ({ name }) => `hat für ${name} über einen Link ein neues Passwort gesetzt`,
  },
  'second-factor.enrolled': {
    label: 'Ein zweiter Faktor wurde eingerichtet',
    title: ({ factor, label }) =>
      factor === 'recovery codes'
        ? 'hat neue Wiederherstellungscodes erzeugt'
        : `hat ${factor === 'app' ? 'eine Authenticator-App' : `den Passkey ${label ?? ''}`.trim()} eingerichtet`,
  },
  'second-factor.removed': {
    label: 'Ein zweiter Faktor wurde entfernt',
    title: ({ factor, label }) => `hat ${factor === 'app' ? 'die Authenticator-App' : `den Passkey ${label ?? ''}`.trim()} entfernt`,
  },
  'second-factor.reset': {
    label: 'Ein zweiter Faktor wurde von jemand anderem zurückgesetzt',
    title: ({ name }) => `hat den zweiten Faktor von ${name} zurückgesetzt`,
  },
  'second-factor.refused': {
    label: 'Ein zweiter Faktor wurde abgelehnt',
    title: ({ factor }) => `wurde abgelehnt: falsch war ${sayStored(factor)}`,
  },
  'recovery-code.used': {
    label: 'Ein Wiederherstellungscode wurde benutzt',
    title: ({ left }) => `hat einen Wiederherstellungscode benutzt; ${left} sind übrig`,
  },
  'session.confirmed': {
    label: 'Jemand hat bestätigt, wer er ist',
    title: ({ by }) => `hat sich ausgewiesen, mit ${sayStored(by)}`,
  },
  'permission.denied': {
    label: 'Etwas wurde verwehrt',
    title: ({ permission, route, times }) => `wurde ${route} verwehrt${oftenIn(times)}; das verlangt ${permission}`,
  },
  'act.refused': {
    label: 'Eine Handlung wurde abgelehnt oder schlug fehl',
    title: ({ route, reason, times }) => `hat ${route} vergeblich versucht${oftenIn(times)}: ${sayStored(reason)}`,
  },
  'chain.broken': {
    label: 'Am Aktivitätsprotokoll wurde etwas verändert',
    title: ({ seq, reason }) => `fand das Aktivitätsprotokoll bei #${seq} gebrochen: ${sayStored(reason)}`,
  },
};
