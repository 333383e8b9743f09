/** What the lists of people, the log and the set-up say. */
export const people = {
  // the columns of what can be downloaded
  Number: 'Nummer',
  At: 'Zeitpunkt',
  'Kind of actor': 'Art',
  What: 'Was',
  Event: 'Ereignis',
  Family: 'Familie',
  Address: 'Adresse',
  Device: 'Gerät',
  'Login session': 'Anmeldesitzung',
  Request: 'Anfrage',
  Facts: 'Angaben',
  Id: 'Kennung',
  Name: 'Name',
  Username: 'Benutzername',
  Roles: 'Rollen',
  Departments: 'Abteilungen',
  'Second factor': 'Zweiter Faktor',
  State: 'Stand',
  'Last seen': 'Zuletzt gesehen',
  Joined: 'Dabei seit',
  Disabled: 'Deaktiviert',
  'Disabled by': 'Deaktiviert von',
  'app code': 'App-Code',
  'recovery code': 'Wiederherstellungscode',
  'their password': 'dem Passwort',
  'their app code': 'dem App-Code',
  'their recovery code': 'dem Wiederherstellungscode',
  'their passkey': 'dem Passkey',

  // what becomes of an invitation
  Invited: 'Eingeladen',
  'Resent with a new link': 'Erneut gesendet, mit neuem Link',
  'Link opened': 'Link geöffnet',
  Changed: 'Geändert',
  Reminded: 'Erinnert',
  'Link copied': 'Link kopiert',
  'Asked for a new link': 'Um neuen Link gebeten',
  'Mail given up': 'Mail aufgegeben',
  Accepted: 'Angenommen',
  Expired: 'Abgelaufen',
  Revoked: 'Widerrufen',
  'Mail handed to the mail server': 'Mail dem Mailserver übergeben',
  'Mail server not ready, tried again later': 'Mailserver nicht bereit, später erneut versucht',
  'Mail refused': 'Mail abgelehnt',
  'Mail not sent': 'Mail nicht gesendet',
  'A try to send the mail broke off': 'Ein Versuch, die Mail zu senden, brach ab',
  'Mail under way': 'Mail unterwegs',
  'Mail queued': 'Mail eingereiht',
  'Perhaps by a link scanner: nothing followed yet.': 'Vielleicht von einem Link-Prüfer: Noch folgte nichts.',
  'note rewritten': 'Notiz neu geschrieben',
  none: 'keine',
  'Not in {departmentsGone}, deleted meanwhile.': 'Nicht in {departmentsGone}, inzwischen gelöscht.',
  '{name} with ticket notifications': '{name} mit Ticket-Benachrichtigungen',

  // set-up
  Disk: 'Platte',
  Clock: 'Uhr',
  'Base URL': 'Basis-URL',
  '{free} GiB free': '{free} GiB frei',
  'Set maxmemory-policy to noeviction, or Redis may forget queued jobs when its memory is full.':
    'Setzen Sie maxmemory-policy auf noeviction, sonst vergisst Redis eingereihte Aufträge, wenn sein Speicher voll ist.',
  'Free some space: the database stops writing when the disk is full.':
    'Schaffen Sie Platz: Die Datenbank schreibt nicht mehr, wenn die Platte voll ist.',
  'database, server and browser agree within a second': 'Datenbank, Server und Browser stimmen auf eine Sekunde überein',
  'they differ by {worst} s': 'sie weichen um {worst} s ab',
  'Let the machines set their clocks by NTP: links and sessions end by the database’s clock.':
    'Lassen Sie die Maschinen ihre Uhren per NTP stellen: Links und Sitzungen enden nach der Uhr der Datenbank.',
  '{expected}, but your browser sees {origin}': '{expected}, aber Ihr Browser sieht {origin}',
  'Start with BASE_URL={origin}, or open {expected} instead: mails link to the base URL, and sign-in works there alone.':
    'Starten Sie mit BASE_URL={origin}, oder öffnen Sie stattdessen {expected}: Mails verweisen auf die Basis-URL, und nur dort geht die Anmeldung.',
  'Check that PostgreSQL runs, and DATABASE_URL.': 'Prüfen Sie, ob PostgreSQL läuft, und DATABASE_URL.',
  'Check that Redis runs, and REDIS_URL.': 'Prüfen Sie, ob Redis läuft, und REDIS_URL.',
  'Check that DATA_DIR exists and can be read.': 'Prüfen Sie, ob es DATA_DIR gibt und es lesbar ist.',
  'Check that PostgreSQL answers.': 'Prüfen Sie, ob PostgreSQL antwortet.',
  'no answer': 'keine Antwort',

  // who may, and why
  'the page {label} ({id})': 'die Seite {label} ({id})',
  'the widget {label}': 'die Kachel {label}',
  '{name} does not hold {what}, since the account is disabled: nobody signs in with it.':
    '{name} hat {what} nicht, denn das Konto ist deaktiviert: Niemand meldet sich damit an.',
  '{name} cannot open {what}, since the account is disabled: nobody signs in with it.':
    '{name} kann {what} nicht öffnen, denn das Konto ist deaktiviert: Niemand meldet sich damit an.',
  '{name} cannot see {what}, since the account is disabled: nobody signs in with it.':
    '{name} kann {what} nicht sehen, denn das Konto ist deaktiviert: Niemand meldet sich damit an.',
  '{name} cannot use {what}, since the account is disabled: nobody signs in with it.':
    '{name} kann {what} nicht benutzen, denn das Konto ist deaktiviert: Niemand meldet sich damit an.',
  'Anybody holds {what}, signed in or not.': 'Jeder hat {what}, angemeldet oder nicht.',
  'Anybody can open {what}, signed in or not.': 'Jeder kann {what} öffnen, angemeldet oder nicht.',
  'Anybody can see {what}, signed in or not.': 'Jeder kann {what} sehen, angemeldet oder nicht.',
  'Anybody can use {what}, signed in or not.': 'Jeder kann {what} benutzen, angemeldet oder nicht.',
  '{name} holds {what}, as everybody who is signed in does.': '{name} hat {what}, wie alle, die angemeldet sind.',
  '{name} can open {what}, as everybody who is signed in does.': '{name} kann {what} öffnen, wie alle, die angemeldet sind.',
  '{name} can see {what}, as everybody who is signed in does.': '{name} kann {what} sehen, wie alle, die angemeldet sind.',
  '{name} can use {what}, as everybody who is signed in does.': '{name} kann {what} benutzen, wie alle, die angemeldet sind.',
  '{name} holds {what}, because of {roles}.': '{name} hat {what}, wegen {roles}.',
  '{name} can open {what}, because of {roles}.': '{name} kann {what} öffnen, wegen {roles}.',
  '{name} can see {what}, because of {roles}.': '{name} kann {what} sehen, wegen {roles}.',
  '{name} can use {what}, because of {roles}.': '{name} kann {what} benutzen, wegen {roles}.',
  '{name} does not hold {what}: none of their roles grants it.': '{name} hat {what} nicht: Keine der Rollen gewährt es.',
  '{name} does not hold {what}: it needs {label} ({id}), which none of their roles grants.':
    '{name} hat {what} nicht: Es verlangt {label} ({id}), und das gewährt keine der Rollen.',
  '{name} cannot open {what}: it needs {label} ({id}), which none of their roles grants.':
    '{name} kann {what} nicht öffnen: Es verlangt {label} ({id}), und das gewährt keine der Rollen.',
  '{name} cannot see {what}: it needs {label} ({id}), which none of their roles grants.':
    '{name} kann {what} nicht sehen: Es verlangt {label} ({id}), und das gewährt keine der Rollen.',
  '{name} cannot use {what}: it needs {label} ({id}), which none of their roles grants.':
    '{name} kann {what} nicht benutzen: Es verlangt {label} ({id}), und das gewährt keine der Rollen.',
} as const;
