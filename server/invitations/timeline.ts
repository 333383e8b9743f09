import type { EntityManager } from '@mikro-orm/postgresql';
import { type RecordableType, recordable } from '#contract/events.ts';
import type { InvitationStep } from '#contract/invitations.ts';
import { Event } from '../events/Event.ts';
import { Attempt, Delivery } from '../notifications/Delivery.ts';
import { later, say, sayStored } from '../words/say.ts';

type InvitationType = Extract<RecordableType, `invitation.${string}`>;
type Step = Pick<InvitationStep, 'what' | 'lamp'>;

const STEPS: Record<InvitationType, Step> = {
  'invitation.sent': { what: later('Invited'), lamp: 'ok' },
  'invitation.resent': { what: later('Resent with a new link'), lamp: 'ok' },
  'invitation.opened': { what: later('Link opened'), lamp: 'ok' },
  'invitation.edited': { what: later('Changed'), lamp: 'idle' },
  'invitation.reminded': { what: later('Reminded'), lamp: 'ok' },
  'invitation.link-copied': { what: later('Link copied'), lamp: 'idle' },
  'invitation.new-link-asked': { what: later('Asked for a new link'), lamp: 'warn' },
  'invitation.mail-failed': { what: later('Mail given up'), lamp: 'bad' },
  'invitation.accepted': { what: later('Accepted'), lamp: 'ok' },
  'invitation.expired': { what: later('Expired'), lamp: 'warn' },
  'invitation.revoked': { what: later('Revoked'), lamp: 'warn' },
};
const TYPES = Object.keys(STEPS);
const isInvitationType = (type: string): type is InvitationType => Object.hasOwn(STEPS, type);

const TRIES: Record<NonNullable<Attempt['outcome']>, Step> = {
  sent: { what: later('Mail handed to the mail server'), lamp: 'ok' },
  retry: { what: later('Mail server not ready, tried again later'), lamp: 'warn' },
  failed: { what: later('Mail refused'), lamp: 'bad' },
  suppressed: { what: later('Mail not sent'), lamp: 'idle' },
  lost: { what: later('A try to send the mail broke off'), lamp: 'warn' },
};
const UNDER_WAY: Step = { what: later('Mail under way'), lamp: 'busy' };
const MAILER = 'Quarterdeck';
const latest = (one: Date, other: Date): Date => (one > other ? one : other);

const step = (at: Date, who: string, seen: Step, detail?: string | null): InvitationStep => ({
  at: at.toISOString(),
  who,
  lamp: seen.lamp,
  what: sayStored(seen.what),
  ...(detail ? { detail: sayStored(detail) } : {}),
});

const show = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : '') || say('none');

/** What there is to say of a step beyond its name. */
function detailOf({ type, facts }: Event, isLast: boolean): string | undefined {
  switch (type) {
    case 'invitation.mail-failed':
      return String(facts['reason']);
    case 'invitation.opened':
      return isLast ? say('Perhaps by a link scanner: nothing followed yet.') : undefined;
    case 'invitation.edited': {
      const { changes } = recordable[type].facts.parse(facts);
      return Object.entries(changes)
        .map(([field, { before, after }]) => (field === 'note' ? say('note rewritten') : `${field}: ${show(before)} → ${show(after)}`))
        .join('; ');
    }
    case 'invitation.accepted': {
      const { departmentsGone = [] } = recordable[type].facts.parse(facts);
      return departmentsGone.length === 0
        ? undefined
        : say('Not in {departmentsGone}, deleted meanwhile.', { departmentsGone: departmentsGone.join(', ') });
    }
    default:
      return undefined;
  }
}

function ofEvents(events: readonly Event[]): InvitationStep[] {
  const last = events.at(-1);
  return events.flatMap(event => {
    if (!isInvitationType(event.type)) return [];
    return [step(event.storedAt, event.actorName, STEPS[event.type], detailOf(event, event === last))];
  });
}

/** All that happened to an invitation and to its mails, oldest first, and those mails, newest first. */
export async function timelineOf(em: EntityManager, invitationId: string): Promise<{ steps: InvitationStep[]; deliveries: Delivery[] }> {
  const events = await em.find(Event, { type: { $in: TYPES }, facts: { invitationId } }, { orderBy: { storedAt: 'asc', id: 'asc' } });
  const deliveries = await em.find(
    Delivery,
    { event: { $in: events.map(({ id }) => id) }, mail: 'invitation' },
    { populate: ['event', 'rule'], orderBy: { createdAt: 'desc', id: 'desc' } },
  );
  const attempts = await em.find(Attempt, { delivery: { $in: deliveries.map(({ id }) => id) } }, { orderBy: { startedAt: 'asc' } });
  const steps = [
    ...ofEvents(events),
    // written in the transaction of its event, which bears a later moment of it
    ...deliveries.map(delivery =>
      step(latest(delivery.createdAt, delivery.event.storedAt), MAILER, { what: say('Mail queued'), lamp: 'idle' }),
    ),
    ...attempts.map(attempt => step(attempt.startedAt, MAILER, attempt.outcome ? TRIES[attempt.outcome] : UNDER_WAY, attempt.answer)),
  ];
  return { steps: steps.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)), deliveries };
}
