/** Why something was refused, or did not work. */
export const refusals = {
  // the API itself
  'The body is nested deeper than {maxDepth} levels.': 'Der Inhalt ist tiefer als {maxDepth} Ebenen verschachtelt.',
  'An object in the body has more than {maxKeys} keys.': 'Ein Objekt im Inhalt hat mehr als {maxKeys} Schlüssel.',
  'This address takes at most {limit} KiB.': 'Diese Adresse nimmt höchstens {limit} KiB.',
  'This address takes {types}, uncompressed.': 'Diese Adresse nimmt {types}, unkomprimiert.',
  'Compressed bodies are not taken.': 'Komprimierte Inhalte werden nicht angenommen.',
  'The body is not valid JSON: {message}.': 'Der Inhalt ist kein gültiges JSON: {message}.',
  'This is for people who are signed in, not for API keys.': 'Das ist für angemeldete Personen, nicht für API-Schlüssel.',
  'The database cannot be reached right now. Nothing was changed.': 'Die Datenbank ist gerade nicht erreichbar. Nichts wurde geändert.',
  'This server answers at {baseUrl}.': 'Dieser Server antwortet unter {baseUrl}.',
  'This address takes no body.': 'Diese Adresse nimmt keinen Inhalt.',
  'Send a cookie or an API key, not both.': 'Senden Sie ein Cookie oder einen API-Schlüssel, nicht beides.',
  'This site answers at {baseUrl}.': 'Diese Seite antwortet unter {baseUrl}.',
  'The request does not say where it comes from (Origin).': 'Die Anfrage sagt nicht, woher sie kommt (Origin).',
  'A NUL character, or half of a character, cannot be stored.': 'Ein NUL-Zeichen oder ein halbes Zeichen lässt sich nicht speichern.',
  'There is no such field.': 'Dieses Feld gibt es nicht.',
  '“{name}” stands in the address twice.': '„{name}“ steht zweimal in der Adresse.',
  'The work could not be queued, since Redis does not take it.': 'Der Auftrag ließ sich nicht einreihen, weil Redis ihn nicht annimmt.',
  'Some fields need another look.': 'Einige Felder stimmen noch nicht.',
  'Some facts need another look.': 'Einige Angaben stimmen noch nicht.',
  'This id was used for another event. What was stored first stays.':
    'Diese Kennung gehört schon zu einem anderen Ereignis. Was zuerst gespeichert wurde, bleibt.',

  // rights
  'It could not be rebuilt and shows its last good figures: {reason}':
    'Sie ließ sich nicht neu laden und zeigt ihre letzten guten Zahlen: {reason}',
  'There is no such right, page, widget or route.': 'Eine solche Berechtigung, Seite, Kachel oder Route gibt es nicht.',
  'There is no such right.': 'Eine solche Berechtigung gibt es nicht.',
  'You hold {label} already.': 'Sie haben {label} schon.',
  'Only Full Administrators write private notes about others.': 'Nur Full Administrators schreiben private Notizen über andere.',
  '{name} would be left without a role.': '{name} stünde ohne Rolle da.',
  'One of these roles does not exist any more.': 'Eine dieser Rollen gibt es nicht mehr.',
  'You do not hold all that {beyond} grants.': 'Sie haben nicht alles, was {beyond} gewährt.',
  'Nobody changes their own roles. Ask somebody else.': 'Niemand ändert die eigenen Rollen. Bitten Sie jemand anders.',
  '{name} holds permissions that you do not.': '{name} hat Berechtigungen, die Sie nicht haben.',
  'A key carries only rights that its maker holds.': 'Ein Schlüssel trägt nur Berechtigungen, die auch haben muss, wer ihn anlegt.',
  'Choose another role, one that exists.': 'Wählen Sie eine andere Rolle, die es gibt.',
  'Nobody grants what they do not hold. You do not hold {lacked}.': 'Niemand gewährt, was er nicht hat. Sie haben nicht: {lacked}.',
  'Only a Full Administrator makes another one.': 'Nur ein Full Administrator macht jemanden dazu.',
  'You hold this role yourself. Somebody else has to change it.': 'Sie haben diese Rolle selbst. Ändern muss sie jemand anders.',
  '{name} grants more than you hold: {effective}.': '{name} gewährt mehr, als Sie haben: {effective}.',
  '{names} holds this role and more than you do.': '{names} hat diese Rolle und mehr als Sie.',
  '{names} hold this role and more than you do.': '{names} haben diese Rolle und mehr als Sie.',
  '{changedBy} changed this role in the meantime.': '{changedBy} hat diese Rolle inzwischen geändert.',
  'Another role has this name.': 'Eine andere Rolle heißt schon so.',
  '1 open invitation': '1 offene Einladung',
  '{count} open invitations': '{count} offene Einladungen',
  '1 person': '1 Person',
  '{count} people': '{count} Personen',
  '{users} would be left without this role. Choose the role that they get instead.':
    '{users} stünden ohne diese Rolle da. Wählen Sie die Rolle, die es stattdessen gibt.',
  'Only a Full Administrator publishes default dashboards.': 'Nur ein Full Administrator veröffentlicht Standard-Dashboards.',

  // accounts
  'This address has an open invitation. Revoke that first, or wait until it is accepted.':
    'Diese Adresse hat eine offene Einladung. Widerrufen Sie zuerst diese, oder warten Sie, bis sie angenommen ist.',
  'This username is taken.': 'Dieser Benutzername ist vergeben.',
  'Another admin has this address.': 'Ein anderer Admin hat diese Adresse.',
  '{name} changed this account in the meantime.': '{name} hat dieses Konto inzwischen geändert.',
  'You cannot delete your own account.': 'Das eigene Konto können Sie nicht löschen.',
  '{name} can still sign in. Only a disabled account can be deleted.':
    '{name} kann sich noch anmelden. Nur ein deaktiviertes Konto lässt sich löschen.',
  '{references} still refers to {name}, so the account stays disabled instead.':
    'Auf {name} verweist noch: {references}. Das Konto bleibt darum deaktiviert.',
  '{references} still refer to {name}, so the account stays disabled instead.':
    'Auf {name} verweisen noch: {references}. Das Konto bleibt darum deaktiviert.',
  '1 notification rule': '1 Benachrichtigungsregel',
  '{count} notification rules': '{count} Benachrichtigungsregeln',
  '1 invitation they sent': '1 gesendete Einladung',
  '{count} invitations they sent': '{count} gesendete Einladungen',
  '1 API key': '1 API-Schlüssel',
  '{count} API keys': '{count} API-Schlüssel',
  '1 to-do they added for others': '1 Aufgabe, die für andere angelegt wurde',
  '{count} to-dos they added for others': '{count} Aufgaben, die für andere angelegt wurden',
  '1 provider they set up': '1 eingerichteter Anbieter',
  '{count} providers they set up': '{count} eingerichtete Anbieter',
  'Your account was disabled.': 'Ihr Konto wurde deaktiviert.',
  '{name} was disabled already.': '{name} war schon deaktiviert.',
  '{name} was disabled already, by {by}.': '{name} war schon deaktiviert, von {by}.',
  'You cannot disable your own account.': 'Das eigene Konto können Sie nicht deaktivieren.',
  'Private notes are for the person and for Full Administrators.':
    'Private Notizen sind für die Person selbst und für Full Administrators.',
  '{name} is not disabled.': '{name} ist nicht deaktiviert.',
  'Choose somebody else who can sign in.': 'Wählen Sie jemand anders, der sich anmelden kann.',
  '{name} may not edit rules, so cannot answer for “{name2}”.':
    '{name} darf keine Regeln bearbeiten und kann darum nicht für „{name2}“ einstehen.',
  '{name} could not have invited {email}, so cannot answer for that invitation.':
    '{name} hätte {email} nicht einladen können und kann darum nicht für diese Einladung einstehen.',
  '{name} may not share to-dos, so cannot take “{text}”.': '{name} darf keine Aufgaben teilen und kann darum „{text}“ nicht übernehmen.',
  'The account of {name} is disabled. Enable it first.': 'Das Konto von {name} ist deaktiviert. Aktivieren Sie es zuerst.',
  'The picture is damaged, or is none.': 'Das Bild ist beschädigt, oder es ist keines.',
  'A picture may have {million} million pixels at most.': 'Ein Bild darf höchstens {million} Millionen Pixel haben.',
  'The picture moves. Choose one that stands still.': 'Das Bild bewegt sich. Wählen Sie eines, das stillsteht.',
  'The picture takes too long to read.': 'Das Bild zu lesen dauert zu lange.',
  'The picture could not be read.': 'Das Bild ließ sich nicht lesen.',
  'This is no PNG, JPEG or WebP picture, whatever it is called.': 'Das ist kein PNG-, JPEG- oder WebP-Bild, wie auch immer es heißt.',
  'Who is here is not known to this process.': 'Wer da ist, weiß dieser Prozess nicht.',
  'Who is online cannot be known while Redis is away.': 'Wer da ist, lässt sich nicht sagen, solange Redis fort ist.',
  'You keep {most} filters already. Forget one first.': 'Sie haben schon {most} Filter gemerkt. Vergessen Sie zuerst einen.',
  'These notes were changed in another window.': 'Diese Notizen wurden in einem anderen Fenster geändert.',
  'You do not hold “Share to-dos”.': 'Sie haben „Aufgaben teilen“ nicht.',
  'Choose somebody who may share to-dos.': 'Wählen Sie jemanden, der Aufgaben teilen darf.',
  'You have {mostOpen} open to-dos. Finish some first.': 'Sie haben {mostOpen} offene Aufgaben. Erledigen Sie zuerst einige.',
  'Your dashboard was arranged in another tab meanwhile.': 'Ihr Dashboard wurde inzwischen in einem anderen Tab angeordnet.',
  'Another department has this name.': 'Eine andere Abteilung heißt schon so.',
  'One of these departments does not exist any more.': 'Eine dieser Abteilungen gibt es nicht mehr.',
  '{changedBy} changed the settings in the meantime.': '{changedBy} hat die Einstellungen inzwischen geändert.',

  // getting in
  'You signed out.': 'Sie haben sich abgemeldet.',
  'You were signed out because you signed in on more than {most} devices.':
    'Sie wurden abgemeldet, weil Sie sich an mehr als {most} Geräten angemeldet haben.',
  'That is not your current password.': 'Das ist nicht Ihr jetziges Passwort.',
  'This is not the link that the server printed when it started. Look at its output again.':
    'Das ist nicht der Link, den der Server beim Start ausgegeben hat. Sehen Sie noch einmal in seine Ausgabe.',
  'This is one of the most used passwords. Choose another.': 'Das ist eines der meistbenutzten Passwörter. Wählen Sie ein anderes.',
  'This is one pattern over and over. Choose something harder to guess.':
    'Das ist ein Muster, das sich wiederholt. Wählen Sie etwas, das schwerer zu erraten ist.',
  'This is little more than your own name, email or organisation. Choose another.':
    'Das ist kaum mehr als Ihr Name, Ihre E-Mail oder Ihre Organisation. Wählen Sie ein anderes.',
  'At least {passwordMinimum} characters; this has {length}.': 'Mindestens {passwordMinimum} Zeichen; dieses hat {length}.',
  'You were signed out because your password changed.': 'Sie wurden abgemeldet, weil sich Ihr Passwort geändert hat.',
  'Change your password in My Account.': 'Ändern Sie Ihr Passwort unter Mein Konto.',
  'This is the password that you were given. Choose one that only you know.':
    'Das ist das Passwort, das Sie bekommen haben. Wählen Sie eines, das nur Sie kennen.',
  'Recovery codes come with your first second factor.': 'Wiederherstellungscodes kommen mit Ihrem ersten zweiten Faktor.',
  'Change your own second factors in My Account.': 'Ändern Sie Ihre eigenen zweiten Faktoren unter Mein Konto.',
  'Begin again: there is no new secret to confirm.': 'Beginnen Sie noch einmal: Es gibt kein neues Geheimnis zu bestätigen.',
  'This is not the code that the app shows now.': 'Das ist nicht der Code, den die App jetzt zeigt.',
  'Begin again: another secret was made meanwhile.': 'Beginnen Sie noch einmal: Inzwischen wurde ein anderes Geheimnis erzeugt.',
  'That app code is not right. {left} tries are left.': 'Dieser App-Code stimmt nicht. {left} Versuche sind übrig.',
  'That app code is not right. 1 try is left.': 'Dieser App-Code stimmt nicht. 1 Versuch ist übrig.',
  'That recovery code is not right. {left} tries are left.': 'Dieser Wiederherstellungscode stimmt nicht. {left} Versuche sind übrig.',
  'That recovery code is not right. 1 try is left.': 'Dieser Wiederherstellungscode stimmt nicht. 1 Versuch ist übrig.',
  'That passkey is not right. {left} tries are left.': 'Dieser Passkey stimmt nicht. {left} Versuche sind übrig.',
  'That passkey is not right. 1 try is left.': 'Dieser Passkey stimmt nicht. 1 Versuch ist übrig.',
  'Your role asks for a second factor, and this is your last one. Add another first.':
    'Ihre Rolle verlangt einen zweiten Faktor, und das ist Ihr letzter. Fügen Sie zuerst einen anderen hinzu.',
  'This took too long, or was used before. Begin again.': 'Das dauerte zu lange oder wurde schon benutzt. Beginnen Sie noch einmal.',
  'The browser’s answer does not hold for this site. Begin again.':
    'Die Antwort des Browsers gilt nicht für diese Seite. Beginnen Sie noch einmal.',
  'Nobody needs more than {mostPasskeys} passkeys. Remove one first.':
    'Niemand braucht mehr als {mostPasskeys} Passkeys. Entfernen Sie zuerst einen.',
  'This passkey is known already.': 'Dieser Passkey ist schon bekannt.',
  '{name} has no second factor.': '{name} hat keinen zweiten Faktor.',
  'You were signed out because {name} reset your second factor.':
    'Sie wurden abgemeldet, weil {name} Ihren zweiten Faktor zurückgesetzt hat.',
  'You were signed out after too many wrong codes.': 'Sie wurden nach zu vielen falschen Codes abgemeldet.',
  'You are signed in already.': 'Sie sind schon angemeldet.',
  'This passkey does not open an active account here.': 'Dieser Passkey öffnet hier kein aktives Konto.',
  'Passkeys need a host name and https. This site has neither, so use an authenticator app.':
    'Passkeys brauchen einen Hostnamen und https. Diese Seite hat beides nicht; nehmen Sie eine Authenticator-App.',
  'You ended this session from another device.': 'Sie haben diese Sitzung von einem anderen Gerät aus beendet.',
  'You were signed out by {name}.': 'Sie wurden von {name} abgemeldet.',
  'You were signed out because the session had reached its longest time.':
    'Sie wurden abgemeldet, weil die Sitzung ihre längste Dauer erreicht hatte.',
  'You were signed out because nothing happened for a while.': 'Sie wurden abgemeldet, weil eine Weile nichts geschah.',
  'You were signed out because your password was set anew by a link.':
    'Sie wurden abgemeldet, weil Ihr Passwort über einen Link neu gesetzt wurde.',
  'Your session ran out.': 'Ihre Sitzung ist abgelaufen.',
  'This link cannot be used any more: it works once, for 30 minutes, and only the newest does.':
    'Dieser Link kann nicht mehr benutzt werden: Er gilt einmal, 30 Minuten lang, und nur der neueste.',
  'an unknown device': 'unbekanntes Gerät',
  '{browser} on {system}': '{browser} unter {system}',

  // invitations
  'This username was taken meanwhile. Ask {name} for a new invitation.':
    'Dieser Benutzername wurde inzwischen vergeben. Bitten Sie {name} um eine neue Einladung.',
  'An account has this address already. Sign in with it instead.':
    'Ein Konto hat diese Adresse schon. Melden Sie sich stattdessen damit an.',
  'You are signed in as {name}. Sign out first.': 'Sie sind als {name} angemeldet. Melden Sie sich zuerst ab.',
  'This link still works.': 'Dieser Link gilt noch.',
  'This username belongs to {whose}.': 'Dieser Benutzername gehört zu {whose}.',
  '{name} could not send this invitation any more. Resend it as your own.':
    '{name} dürfte diese Einladung nicht mehr senden. Senden Sie sie als Ihre eigene erneut.',
  'Its link was made with an earlier secret key of this installation. Resend it.':
    'Der Link stammt von einem früheren geheimen Schlüssel dieser Installation. Senden Sie die Einladung erneut.',
  'This address has an open invitation already.': 'Diese Adresse hat schon eine offene Einladung.',
  'This address belongs to an admin already.': 'Diese Adresse gehört schon zu einem Admin.',
  'This address stands further up already.': 'Diese Adresse steht weiter oben schon.',
  'There is no email address in it.': 'Darin steht keine E-Mail-Adresse.',
  'This is not an email address.': 'Das ist keine E-Mail-Adresse.',
  'Your inviter chose the username; it cannot be changed.': 'Den Benutzernamen hat gewählt, wer Sie eingeladen hat; er bleibt, wie er ist.',
  'Choose a username.': 'Wählen Sie einen Benutzernamen.',
  'A username can be fixed for one address only.': 'Ein Benutzername lässt sich nur für eine Adresse festlegen.',

  // hosts, queues, extensions, events
  'Another host has this name.': 'Ein anderer Host heißt schon so.',
  'At most {most} hosts are watched.': 'Höchstens {most} Hosts werden beobachtet.',
  'Only a Full Administrator says which private networks may be watched.':
    'Nur ein Full Administrator bestimmt, welche privaten Netze beobachtet werden dürfen.',
  '“{wrong}” is no network, such as 10.0.0.0/8 or fd00::/8.': '„{wrong}“ ist kein Netz wie 10.0.0.0/8 oder fd00::/8.',
  'Only a job that failed can be tried again.': 'Nur ein fehlgeschlagener Auftrag lässt sich erneut versuchen.',
  'There is no queue {name}.': 'Eine Warteschlange {name} gibt es nicht.',
  'This job is done and forgotten, or was removed.': 'Dieser Auftrag ist erledigt und vergessen, oder er wurde entfernt.',
  'There is no extension {id}.': 'Eine Erweiterung {id} gibt es nicht.',
  '{title} has nothing to set.': 'An {title} gibt es nichts einzustellen.',
  '{changedBy} changed it in the meantime.': '{changedBy} hat es inzwischen geändert.',
  'its number is missing: after #{seq} comes #{seq2}': 'seine Nummer fehlt: nach #{seq} kommt #{seq2}',
  'the event was deleted, only its seal is left': 'das Ereignis wurde gelöscht, nur sein Siegel ist übrig',
  'it was moved: it hangs on #{seq}, not on #{seq2}': 'er wurde verschoben: er hängt an #{seq}, nicht an #{seq2}',
  'the entry it hangs on, between #{seq} and it, was taken away': 'der Eintrag, an dem er hängt, nach #{seq}, wurde weggenommen',
  'what stands here belongs to #{seq}: entries changed places': 'was hier steht, gehört zu #{seq}: Einträge tauschten die Plätze',
  'what it says was changed after it was sealed': 'was er sagt, wurde nach dem Siegeln geändert',
  'the end was cut off: #{seq} was there once, and the log ends with #{last}':
    'das Ende wurde abgeschnitten: #{seq} gab es einmal, und das Protokoll endet mit #{last}',
  'the log was written anew: #{seq} had another hash when it was noted':
    'das Protokoll wurde neu geschrieben: #{seq} hatte einen anderen Hash, als er notiert wurde',
  'an event has lost the number: the seal was deleted': 'ein Ereignis hat seine Nummer verloren: das Siegel wurde gelöscht',
  '{number} events have lost the number: the seal was deleted': '{number} Ereignisse haben ihre Nummer verloren: das Siegel wurde gelöscht',
} as const;
