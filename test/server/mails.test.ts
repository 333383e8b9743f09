import { expect } from 'vitest';
import { Admin } from '#server/admins/Admin.ts';
import { makeReset } from '#server/password-resets/make-reset.ts';
import { Department, DepartmentMember } from '#server/departments/Department.ts';
import { Event } from '#server/events/Event.ts';
import type { Invitation } from '#server/invitations/Invitation.ts';
import { systemMails } from '#server/mails.ts';
import { Delivery } from '#server/notifications/Delivery.ts';
import { exampleOf } from '#server/notifications/catalogue.ts';
import type { FinishedMail, SystemMail } from '#server/notifications/system-mail.ts';
import type { Tools } from '#server/platform/tools.ts';
import { german } from '#server/words/de/all.ts';
import { inLanguage } from '#server/words/say.ts';
import { actorOf, furnish, secrets, someone, superadmin } from '../support/people.ts';
import { test as world } from '../support/world.ts';
import { invite } from './invitations/invitees.ts';

/** All that a mail needs of them. */
const tools = { secrets, baseUrl: 'https://admin.northwind.example' } as Tools;

interface Cast {
  reader: Admin;
  asker: Admin;
  invitation: Invitation;
  resetId: string;
}
const test = world.extend('cast', { scope: 'file' }, async ({ orm }): Promise<Cast> => {
  const em = orm.em.fork();
  await furnish(em);
  const reader = await superadmin(em);
  em.create(DepartmentMember, { department: em.create(Department, { name: 'Support' }), admin: reader });
  reader.timeZone = 'Europe/Berlin';
  await em.flush();
  const { id: resetId } = await em.transactional(em => makeReset(em, actorOf(reader), reader, 'mail', secrets));
  return {
    reader,
    asker: await someone(em, 'dashboard.view'),
    invitation: await invite(em, reader, { note: 'Hallo' }),
    resetId,
  };
});
/** What events of a type say that are about these people. */
const factsFor = (type: string, { reader, asker, invitation, resetId }: Cast): Record<string, unknown> => ({
  ...exampleOf(type).facts,
  name: reader.name,
  adminId: type === 'rights.asked-for' ? asker.id : reader.id,
  invitationId: invitation.id,
  email: invitation.email,
  roles: ['Support Operator'],
  inviter: reader.name,
  resetId,
  ...(type.startsWith('password.') && { by: 'mail' }),
  permission: 'queues.view',
  department: 'Support',
});

/** English or German sentences, without what stands in their places: what is long enough to be nobody's name. */
const fragments = (sentences: readonly string[]): string[] =>
  sentences.flatMap(sentence => sentence.split(/\{\w+\}/)).flatMap(part => (part.trim().length >= 12 ? [part.trim()] : []));
const ENGLISH = fragments(Object.keys(german));
const GERMAN = fragments(Object.values(german));

const kinds = systemMails.flatMap(mail => mail.on.map(type => ({ mail, type, name: `${mail.id} about ${type}` })));
test.for(kinds)('$name is written whole in each language, with its dates', async ({ mail, type }, { orm, cast }) => {
  const em = orm.em.fork();
  const facts = factsFor(type, cast);
  if (type === 'invitation.expired') await em.execute(`update invitation set state = 'expired' where id = ?`, [cast.invitation.id]);
  const event = em.create(Event, {
    type,
    at: new Date('2030-01-31T11:00:00Z'),
    actorKind: 'admin',
    actorName: 'Tomas',
    facts,
  });
  await em.flush();
  const [recipient] = (await mail.recipients(em, event)).filter(
    ({ target }) => target['adminId'] === undefined || target['adminId'] === cast.reader.id,
  );
  if (!recipient) return expect.fail('it goes to nobody');
  expect(recipient.about.de).not.toBe(recipient.about.en);
  const delivery = em.create(Delivery, {
    event,
    mail: mail.id,
    provider: 'email',
    target: recipient.target,
    targetKey: recipient.key,
    targetLabel: recipient.label,
    about: recipient.about.en,
  });
  await em.flush();
  const [english, inGerman] = [await written(mail, 'en'), await written(mail, 'de')];
  await em.execute(`update invitation set state = 'pending' where id = ?`, [cast.invitation.id]);
  expect(english.subject).toBe(recipient.about.en);
  expect(inGerman.subject).toBe(recipient.about.de);
  expect(inGerman.html).toContain('<html lang="de">');
  expect(inGerman.html).not.toMatch(/\{\w+\}/);
  for (const { text } of [inGerman, { text: inGerman.html }])
    expect(
      ENGLISH.filter(part => text.includes(part) && !GERMAN.some(own => own.includes(part))),
      text,
    ).toEqual([]);
  expect(GERMAN.filter(part => english.text.includes(part) && !ENGLISH.some(own => own.includes(part)))).toEqual([]);
  if (inGerman.text.includes('2030')) expect(inGerman.text).toMatch(/Donnerstag, 31\. Januar 2030 um 12:00 \(Europe\/Berlin\)/);

  async function written(mail: SystemMail, language: 'en' | 'de'): Promise<FinishedMail> {
    const finished = await inLanguage(language, () => mail.render(orm.em.fork(), tools, delivery));
    return 'suppressed' in finished ? expect.fail(finished.suppressed.en) : finished;
  }
});
