/** What rules send, and what became of it. */
export const messages = {
  'This is a test of the rule “{rule}”, which {owner} made in Quarterdeck.':
    'Dies ist ein Test der Regel „{rule}“, die {owner} in Quarterdeck angelegt hat.',
  'Sent by the rule “{rule}”, which {owner} made in Quarterdeck.':
    'Gesendet von der Regel „{rule}“, die {owner} in Quarterdeck angelegt hat.',
  '[Test] {title}': '[Test] {title}',
  yes: 'ja',
  no: 'nein',
  '{count} messages in this digest': '{count} Nachrichten in dieser Sammlung',
  '1 message in this digest': '1 Nachricht in dieser Sammlung',
  '1 message held': '1 Nachricht zurückgehalten',
  '{count} messages held': '{count} Nachrichten zurückgehalten',
  '1 message held: more than {most} in {minutes} min': '1 Nachricht zurückgehalten: mehr als {most} in {minutes} min',
  '{count} messages held: more than {most} in {minutes} min': '{count} Nachrichten zurückgehalten: mehr als {most} in {minutes} min',
  '… and {rest} more.': '… und {rest} weitere.',
  '[Test] Quarterdeck can reach you': '[Test] Quarterdeck erreicht Sie',
  '{by} tried this way out. There is nothing to do.': '{by} hat diesen Weg ausprobiert. Es ist nichts zu tun.',
  'Sent by the test in Providers.': 'Gesendet vom Test unter Anbieter.',
  'An event of your own': 'Ein eigenes Ereignis',
  'Any event of your own happened': 'Irgendein eigenes Ereignis ist geschehen',
  '{type} happened': '{type} ist geschehen',
  Who: 'Wer',
  'example {fact}': 'Beispiel: {fact}',
  Example: 'Beispiel',
  Somebody: 'Jemand',

  // what Quarterdeck finds of what it stands on
  'It did not answer for {seconds} s. It does again.': 'Keine Antwort für {seconds} s. Jetzt antwortet es wieder.',

  // why something was not sent, or not yet
  'Kept in Quarterdeck: no mail server is set.': 'In Quarterdeck verwahrt: Es ist kein Mailserver eingerichtet.',
  '{name}, who made the rule, is disabled.': '{name}, von wem die Regel stammt, ist deaktiviert.',
  'The rule was deleted before it was sent.': 'Die Regel wurde gelöscht, bevor gesendet wurde.',
  'The rule was switched off before it was sent.': 'Die Regel wurde abgeschaltet, bevor gesendet wurde.',
  'There is no provider {provider} any more.': 'Den Anbieter {provider} gibt es nicht mehr.',
  'No role of theirs sends mails of the kind “System”.': 'Keine Rolle dieser Person sendet Mails der Art „System“.',
  'No role of theirs sends mails of the kind “Account”.': 'Keine Rolle dieser Person sendet Mails der Art „Konto“.',
  'No role of theirs sends mails of the kind “Support”.': 'Keine Rolle dieser Person sendet Mails der Art „Support“.',
  'They switched off mails of the kind “System”.': 'Diese Person hat Mails der Art „System“ abgeschaltet.',
  'They switched off mails of the kind “Account”.': 'Diese Person hat Mails der Art „Konto“ abgeschaltet.',
  'They switched off mails of the kind “Support”.': 'Diese Person hat Mails der Art „Support“ abgeschaltet.',
  '{provider} is not active.': '{provider} ist nicht aktiv.',
  'This mail is of no use any more. {why}': 'Diese Mail ist nicht mehr von Nutzen. {why}',
} as const;
