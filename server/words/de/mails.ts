/** Mails that Quarterdeck writes to its staff. */
export const mails = {
  // invitations
  "You've been invited to use {name}": 'Sie sind eingeladen, {name} zu nutzen',
  'Reminder: your invitation to use {name} still waits': 'Erinnerung: Ihre Einladung zu {name} wartet noch',
  '{inviter} invited you to the admin area of {name} as {roles}.':
    '{inviter} hat Sie in den Verwaltungsbereich von {name} eingeladen, als {roles}.',
  '{inviter} invited you to the admin area of {name} as {roles}. You will belong to {departments}.':
    '{inviter} hat Sie in den Verwaltungsbereich von {name} eingeladen, als {roles}. Sie werden zu {departments} gehören.',
  '{inviter} writes: {note}': '{inviter} schreibt: {note}',
  'The link is good until {when}, and for one account.': 'Der Link gilt bis {when} und für ein Konto.',
  'Accept Invitation': 'Einladung annehmen',
  '{inviter} asked Quarterdeck to send this to {to}. If you did not expect it, leave it: without the link nothing happens.':
    '{inviter} hat Quarterdeck gebeten, dies an {to} zu senden. Wenn Sie es nicht erwartet haben, lassen Sie es liegen: Ohne den Link geschieht nichts.',
  'each address': 'jede Adresse',
  'Open Invitation': 'Einladung öffnen',
  'The invitation of {email} expired': 'Die Einladung von {email} ist abgelaufen',
  'Nobody accepted your invitation of {email} as {roles}. Its link stopped working on {when}.':
    'Niemand hat Ihre Einladung von {email} als {roles} angenommen. Ihr Link gilt seit {when} nicht mehr.',
  'Resend it for a new link and another seven days, or revoke it if it is no longer wanted.':
    'Senden Sie sie erneut, mit neuem Link und weiteren sieben Tagen, oder widerrufen Sie sie, wenn sie nicht mehr gebraucht wird.',
  'Quarterdeck sent this to {to}, who invited {email}. Account mail can be switched off under My Account.':
    'Quarterdeck hat dies an {to} gesendet, von wo {email} eingeladen wurde. Mails der Art „Konto“ lassen sich unter Mein Konto abschalten.',
  '{email} asks for a new invitation link': '{email} bittet um einen neuen Einladungslink',
  'The link of {inviter}’s invitation to {email} as {roles} does not work any more, and whoever holds it asked for another.':
    'Der Link der Einladung von {inviter} an {email} als {roles} gilt nicht mehr, und wer ihn hat, bittet um einen neuen.',
  'Resend the invitation if they should have one. Otherwise there is nothing to do.':
    'Senden Sie die Einladung erneut, wenn es einen geben soll. Sonst ist nichts zu tun.',
  'Quarterdeck sent this to {to}, who can resend the invitation.':
    'Quarterdeck hat dies an {to} gesendet: Von dort kann die Einladung erneut gesendet werden.',
  'The invitation was accepted before the mail left.': 'Die Einladung wurde angenommen, bevor die Mail abging.',
  'The invitation was expired before the mail left.': 'Die Einladung lief ab, bevor die Mail abging.',
  'The invitation was revoked before the mail left.': 'Die Einladung wurde widerrufen, bevor die Mail abging.',
  'A newer link was sent instead.': 'Stattdessen ging ein neuerer Link hinaus.',
  '{name} could not send this invitation any more.': '{name} dürfte diese Einladung nicht mehr senden.',
  'Its link was made with an earlier secret key of this installation. Resend the invitation.':
    'Der Link stammt von einem früheren geheimen Schlüssel dieser Installation. Senden Sie die Einladung erneut.',
  'The invitation was resent meanwhile.': 'Die Einladung wurde inzwischen erneut gesendet.',
  'The invitation is pending meanwhile.': 'Die Einladung ist inzwischen wieder offen.',
  'The invitation is accepted meanwhile.': 'Die Einladung ist inzwischen angenommen.',
  'The invitation is revoked meanwhile.': 'Die Einladung ist inzwischen widerrufen.',

  // rights
  '{name} asks for the right {label}': '{name} bittet um die Berechtigung {label}',
  '{name} was refused something that needs the right {label} ({permission}), and asks for it.':
    '{name} wurde etwas verwehrt, das die Berechtigung {label} ({permission}) verlangt, und bittet darum.',
  'Roles that grant it: {roles}. {name} has: {own}.': 'Rollen, die sie gewähren: {roles}. {name} hat: {own}.',
  'no role': 'keine Rolle',
  'Give a role that fits, or leave it: nothing changes by itself.':
    'Geben Sie eine passende Rolle, oder lassen Sie es: Von selbst ändert sich nichts.',
  'Open Account': 'Konto öffnen',
  'Quarterdeck sent this to {to}, who can give this right.':
    'Quarterdeck hat dies an {to} gesendet: Von dort kann diese Berechtigung gegeben werden.',
  '{name} cannot sign in any more.': '{name} kann sich nicht mehr anmelden.',
  '{name} has the right meanwhile.': '{name} hat die Berechtigung inzwischen.',

  // accounts
  'The account is gone.': 'Das Konto gibt es nicht mehr.',
  'The account of {name} is disabled.': 'Das Konto von {name} ist deaktiviert.',
  'an unknown address': 'einer unbekannten Adresse',
  'Choose a new password for {name}': 'Wählen Sie ein neues Passwort für {name}',
  '{actor} asks you to choose a new password for your account {username}.':
    '{actor} bittet Sie, für Ihr Konto {username} ein neues Passwort zu wählen.',
  'Somebody at {address} asked for a new password for your account {username}.':
    'Jemand hat von {address} aus ein neues Passwort für Ihr Konto {username} angefordert.',
  'The link is good for {minutes} minutes and works once. When it is used, all your login sessions end.':
    'Der Link gilt {minutes} Minuten und einmal. Wird er benutzt, enden alle Ihre Anmeldesitzungen.',
  'Choose a New Password': 'Neues Passwort wählen',
  'Quarterdeck sent this to {to}, the address of that account. If you did not expect it, leave it: without the link nothing happens.':
    'Quarterdeck hat dies an {to} gesendet, die Adresse dieses Kontos. Wenn Sie es nicht erwartet haben, lassen Sie es liegen: Ohne den Link geschieht nichts.',
  'The link was used before the mail left.': 'Der Link wurde benutzt, bevor die Mail abging.',
  'The link was revoked before the mail left.': 'Der Link wurde widerrufen, bevor die Mail abging.',
  'The link had run out before the mail left.': 'Der Link war abgelaufen, bevor die Mail abging.',
  'Its link was made with an earlier secret key of this installation. Ask for another.':
    'Der Link stammt von einem früheren geheimen Schlüssel dieser Installation. Fordern Sie einen neuen an.',
  'Your password was changed': 'Ihr Passwort wurde geändert',
  'The password of your account {username} was changed on {when}, from {address}. All other login sessions ended.':
    'Das Passwort Ihres Kontos {username} wurde geändert: {when}, von {address} aus. Alle anderen Anmeldesitzungen sind beendet.',
  'The password of your account {username} was set anew by a link on {when}, from {address}. All other login sessions ended.':
    'Das Passwort Ihres Kontos {username} wurde über einen Link neu gesetzt: {when}, von {address} aus. Alle anderen Anmeldesitzungen sind beendet.',
  'If it was you, there is nothing to do. Otherwise choose a new password at once, and tell a Full Administrator.':
    'Wenn Sie es waren, ist nichts zu tun. Sonst wählen Sie sofort ein neues Passwort und sagen Sie es einem Full Administrator.',
  'Quarterdeck sent this to {to}, the address of that account.': 'Quarterdeck hat dies an {to} gesendet, die Adresse dieses Kontos.',
  'Your second factor was reset': 'Ihr zweiter Faktor wurde zurückgesetzt',
  '{actor} removed all second factors of your account {username}. Your login sessions ended.':
    '{actor} hat alle zweiten Faktoren Ihres Kontos {username} entfernt. Ihre Anmeldesitzungen sind beendet.',
  'If you asked for it, sign in and set up a new one. If you did not, change your password at once, and tell a Full Administrator.':
    'Wenn Sie darum gebeten haben, melden Sie sich an und richten Sie einen neuen ein. Wenn nicht, ändern Sie sofort Ihr Passwort und sagen Sie es einem Full Administrator.',
  'Sign In': 'Anmelden',
  'Your authenticator app was removed': 'Ihre Authenticator-App wurde entfernt',
  'A passkey was removed from your account': 'Ein Passkey wurde aus Ihrem Konto entfernt',
  'Your recovery codes were made anew': 'Ihre Wiederherstellungscodes wurden neu erzeugt',
  'An authenticator app was added to your account': 'Eine Authenticator-App wurde Ihrem Konto hinzugefügt',
  'A passkey was added to your account': 'Ein Passkey wurde Ihrem Konto hinzugefügt',
  'The authenticator app was removed from your account {username} on {when}, from {address}.':
    'Die Authenticator-App wurde aus Ihrem Konto {username} entfernt: {when}, von {address} aus.',
  'The passkey {label} was removed from your account {username} on {when}, from {address}.':
    'Der Passkey {label} wurde aus Ihrem Konto {username} entfernt: {when}, von {address} aus.',
  'New recovery codes, in place of those before, were made for your account {username} on {when}, from {address}.':
    'Für Ihr Konto {username} wurden neue Wiederherstellungscodes erzeugt, die die bisherigen ersetzen: {when}, von {address} aus.',
  'An authenticator app was added to your account {username} on {when}, from {address}.':
    'Eine Authenticator-App wurde Ihrem Konto {username} hinzugefügt: {when}, von {address} aus.',
  'The passkey {label} was added to your account {username} on {when}, from {address}.':
    'Der Passkey {label} wurde Ihrem Konto {username} hinzugefügt: {when}, von {address} aus.',
  'If it was you, there is nothing to do. Otherwise change your password at once, end the sessions you do not know, and tell a Full Administrator.':
    'Wenn Sie es waren, ist nichts zu tun. Sonst ändern Sie sofort Ihr Passwort, beenden Sie die Sitzungen, die Sie nicht kennen, und sagen Sie es einem Full Administrator.',
  'Look at Your Account': 'Konto ansehen',

  // what happened, to those whose roles send it
  'It happened on {when}.': 'Es geschah am {when}.',
  'More of the kind within {minutes} minutes bring no further mail; the activity log has them all.':
    'Weitere dieser Art innerhalb von {minutes} Minuten bringen keine Mail mehr; im Aktivitätsprotokoll stehen alle.',
  'Quarterdeck sent this to {to}, since you are told of your department’s tickets. Support mail can be switched off under My Account.':
    'Quarterdeck hat dies an {to} gesendet, weil Sie von den Tickets Ihrer Abteilung erfahren. Mails der Art „Support“ lassen sich unter Mein Konto abschalten.',
  'Quarterdeck sent this to {to}, since you can do something about it. System mail can be switched off under My Account.':
    'Quarterdeck hat dies an {to} gesendet, weil Sie etwas dagegen tun können. Mails der Art „System“ lassen sich unter Mein Konto abschalten.',
  '{name} does not hear of the department’s tickets any more.': '{name} erfährt von den Tickets der Abteilung nicht mehr.',
  '{name} can do nothing about it any more.': '{name} kann nichts mehr dagegen tun.',
  'Answer it where your tickets are kept.': 'Antworten Sie dort, wo Ihre Tickets geführt werden.',
  'Everything for it waits. Set it right in Providers, and what waited goes out.':
    'Alles dafür wartet. Stellen Sie es unter Anbieter richtig, dann geht hinaus, was gewartet hat.',
  'The log shows what the service answered, and sends it again when the cause is gone.':
    'Das Protokoll zeigt, was der Dienst geantwortet hat, und sendet erneut, wenn die Ursache behoben ist.',
  'Queues shows the job, its error and what it carried.': 'Unter Warteschlangen stehen der Auftrag, sein Fehler und was er mitführte.',
  'Queues shows what waits and who works. More workers, or the cure of what holds them up, let it catch up.':
    'Unter Warteschlangen steht, was wartet und wer arbeitet. Mehr Worker, oder die Abhilfe für das, was sie aufhält, lassen sie aufholen.',
  'Look at the machine it ran on, and start it again. Its jobs are taken up by the others.':
    'Sehen Sie nach dem Rechner, auf dem er lief, und starten Sie ihn neu. Seine Aufträge übernehmen die anderen.',
  'System health on the dashboard shows how it is now. What waited goes on by itself when it is back.':
    'Die Kachel Systemzustand auf dem Dashboard zeigt, wie es jetzt steht. Was gewartet hat, geht von selbst weiter, sobald es zurück ist.',
  'Somebody changed what was written down. Compare the log with a backup.':
    'Jemand hat geändert, was aufgezeichnet war. Vergleichen Sie das Protokoll mit einer Sicherung.',

  // how mails are laid out
  'If the button does nothing, open this address: {url}': 'Wenn die Schaltfläche nichts tut, öffnen Sie diese Adresse: {url}',
  Open: 'Öffnen',
} as const;
