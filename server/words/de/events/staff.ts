import type { staffEvents } from '#contract/events/staff.ts';
import { isPermission } from '#contract/permissions.ts';
import { rightLabel } from '../../rights.ts';
import { sayStored } from '../../say.ts';
import type { EventWords } from '../../event-words.ts';
import { among, changed } from './phrases.ts';

export const staff: EventWords<typeof staffEvents> = {
  'setup.completed': {
    label: 'Die Einrichtung wurde abgeschlossen',
    title: ({ name, organisation }) => `hat ${organisation} eingerichtet, mit ${name} als erstem Full Administrator`,
  },
  'invitation.sent': {
    label: 'Eine Einladung wurde gesendet',
    title: ({ email, roles }) => `hat ${email} als ${roles.join(', ')} eingeladen`,
  },
  'invitation.resent': {
    label: 'Eine Einladung wurde erneut gesendet',
    title: ({ email }) => `hat die Einladung an ${email} erneut gesendet`,
  },
  'invitation.opened': { label: 'Eine Einladung wurde geöffnet', title: ({ email }) => `hat die Einladung an ${email} geöffnet` },
  'invitation.accepted': {
    label: 'Eine Einladung wurde angenommen',
    title: ({ name, email }) => `hat die Einladung an ${email} als ${name} angenommen`,
  },
  'invitation.expired': {
    label: 'Eine Einladung lief ab',
    title: ({ email, inviter }) => `hat die Einladung von ${inviter} an ${email} ablaufen lassen`,
  },
  'invitation.revoked': { label: 'Eine Einladung wurde widerrufen', title: ({ email }) => `hat die Einladung an ${email} widerrufen` },
  'invitation.edited': {
    label: 'Eine Einladung wurde bearbeitet',
    title: ({ email, changes }) => `hat an der Einladung an ${email} geändert: ${changed(changes)}`,
  },
  'invitation.reminded': { label: 'An eine Einladung wurde erinnert', title: ({ email }) => `hat ${email} an die Einladung erinnert` },
  'invitation.link-copied': {
    label: 'Der Link einer Einladung wurde kopiert',
    title: ({ email }) => `hat den Link der Einladung an ${email} kopiert`,
  },
  'invitation.new-link-asked': {
    label: 'Um einen neuen Einladungslink wurde gebeten',
    title: ({ email }) => `hat um einen neuen Link für ${email} gebeten`,
  },
  'invitation.mail-failed': {
    label: 'Die Mail einer Einladung schlug fehl',
    title: ({ email, reason }) => `konnte die Einladung an ${email} nicht mailen: ${sayStored(reason)}`,
  },
  'admin.added': { label: 'Ein Admin wurde angelegt', title: ({ name, roles }) => `hat ${name} als ${roles.join(', ')} angelegt` },
  'admin.edited': { label: 'Ein Admin wurde bearbeitet', title: ({ name, changes }) => `hat an ${name} geändert: ${changed(changes)}` },
  'admin.disabled': { label: 'Ein Admin wurde deaktiviert', title: ({ name }) => `hat ${name} deaktiviert` },
  'admin.enabled': { label: 'Ein Admin wurde aktiviert', title: ({ name }) => `hat ${name} wieder aktiviert` },
  'admin.deleted': { label: 'Ein Admin wurde gelöscht', title: ({ name }) => `hat das Konto von ${name} gelöscht` },
  'admin.departments-changed': {
    label: 'Die Abteilungen eines Admins änderten sich',
    title: ({ name, departments }) =>
      departments.length > 0 ? `hat ${name} in ${departments.join(', ')} aufgenommen` : `hat ${name} aus allen Abteilungen genommen`,
  },
  'department.added': { label: 'Eine Abteilung wurde angelegt', title: ({ department }) => `hat die Abteilung ${department} angelegt` },
  'department.edited': {
    label: 'Eine Abteilung wurde bearbeitet',
    title: ({ department, changes }) => `hat an der Abteilung ${department} geändert: ${changed(changes)}`,
  },
  'department.deleted': { label: 'Eine Abteilung wurde gelöscht', title: ({ department }) => `hat die Abteilung ${department} gelöscht` },
  'role.added': {
    label: 'Eine Rolle wurde angelegt',
    title: ({ role, permissions }) => `hat die Rolle ${role} mit ${among(permissions.length, 'Berechtigung', 'Berechtigungen')} angelegt`,
  },
  'role.edited': {
    label: 'Eine Rolle wurde bearbeitet',
    title: ({ role, people }) => `hat die Rolle ${role} geändert, die ${among(people, 'Person hat', 'Personen haben')}`,
  },
  'dashboard.published': {
    label: 'Ein Standard-Dashboard wurde veröffentlicht',
    title: ({ role }) => `hat ein Standard-Dashboard für die Rolle ${role} veröffentlicht`,
  },
  'dashboard.withdrawn': {
    label: 'Ein Standard-Dashboard wurde zurückgezogen',
    title: ({ role }) => `hat das Standard-Dashboard der Rolle ${role} zurückgezogen`,
  },
  'role.deleted': {
    label: 'Eine Rolle wurde gelöscht',
    title: ({ role, movedTo }) =>
      movedTo === null ? `hat die Rolle ${role} gelöscht` : `hat die Rolle ${role} gelöscht und ihren Personen ${movedTo} gegeben`,
  },
  'rights.asked-for': {
    label: 'Jemand bat um eine Berechtigung',
    title: ({ label, permission }) =>
      `hat um die Berechtigung ${isPermission(permission) ? rightLabel(permission) : label} (${permission}) gebeten`,
  },
  'rights.changed': {
    label: 'Berechtigungen änderten sich',
    title: ({ name, roles }) => `hat ${name} die Rollen ${roles.join(', ')} gegeben`,
  },
};
