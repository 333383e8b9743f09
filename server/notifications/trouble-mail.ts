import type { EntityManager } from '@mikro-orm/postgresql';
import type { RecordableType } from '#contract/events.ts';
import type { Permission } from '#contract/permissions.ts';
import { Admin } from '../admins/Admin.ts';
import type { Event } from '../events/Event.ts';
import { Delivery } from './Delivery.ts';
import { ProviderActivation } from './ProviderActivation.ts';
import { type Plain, say, sayAll } from '../words/say.ts';
import { roleMail } from './role-mail.ts';

/** What goes wrong by itself, who can cure it, and how. */
const troubles = {
  'provider.paused': { needs: 'providers.edit', advice: 'Everything for it waits. Set it right in Providers, and what waited goes out.' },
  'delivery.failed': {
    needs: 'deliveries.replay',
    advice: 'The log shows what the service answered, and sends it again when the cause is gone.',
  },
  'job.failed': { needs: 'queues.view', advice: 'Queues shows the job, its error and what it carried.' },
  'queue.backed-up': {
    needs: 'queues.view',
    advice: 'Queues shows what waits and who works. More workers, or the cure of what holds them up, let it catch up.',
  },
  'worker.gone': {
    needs: 'queues.view',
    advice: 'Look at the machine it ran on, and start it again. Its jobs are taken up by the others.',
  },
  'dependency.down': {
    needs: 'system.view',
    advice: 'System health on the dashboard shows how it is now. What waited goes on by itself when it is back.',
  },
  'chain.broken': { needs: 'activity.view', advice: 'Somebody changed what was written down. Compare the log with a backup.' },
} as const satisfies Partial<Record<RecordableType, { needs: Permission; advice: Plain }>>;

const troubleOf = ({ type }: Event): (typeof troubles)[keyof typeof troubles] | undefined =>
  Object.hasOwn(troubles, type) ? troubles[type as keyof typeof troubles] : undefined; // checked just before

/** Who answers for what failed, beside those who can cure it: who made the rule, who set the provider up. */
async function answerable(em: EntityManager, { type, facts }: Event): Promise<string | undefined> {
  if (type === 'provider.paused') return (await em.findOne(ProviderActivation, String(facts['providerId'])))?.activatedBy.id;
  if (type !== 'delivery.failed') return undefined;
  return (await em.findOne(Delivery, { id: String(facts['deliveryId']) }, { populate: ['rule'] }))?.rule?.owner.id;
}

/** Tells those who can cure it that something went wrong. */
export const troubleMail = roleMail({
  id: 'trouble',
  type: 'system',
  about: { label: 'Mails about what fails', whom: 'It goes to those whose rights let them cure it, and to whoever answers for it.' },
  on: Object.keys(troubles),
  atMostEvery: 60,

  async concerned(em, event) {
    const trouble = troubleOf(event);
    const owner = await answerable(em, event);
    const people = await em.find(Admin, { disabledAt: null }, { populate: ['roles'], orderBy: { id: 'asc' } });
    return people.filter(person => person.id === owner || (trouble && person.effective().has(trouble.needs)));
  },

  // who answers for it differs from delivery to delivery
  alike: event => `${event.type} ${event.type === 'delivery.failed' ? String(event.facts['deliveryId']) : ''}`,
  unconcerned: name => sayAll('{name} can do nothing about it any more.', { name }),
  advice(event) {
    const trouble = troubleOf(event);
    return trouble ? say(trouble.advice) : '';
  },
  because: to =>
    say('Quarterdeck sent this to {to}, since you can do something about it. System mail can be switched off under My Account.', { to }),
});
