import type { EntityManager } from '@mikro-orm/postgresql';
import { type RecordableType, recordable } from '#contract/events.ts';
import type { InvitationStep } from '#contract/invitations.ts';
import { Event } from '../events/Event.ts';
import { Attempt, Delivery } from '../notifications/Delivery.ts';

type InvitationType = Extract<RecordableType, `invitation.${string}`>;
type Step = Pick<InvitationStep, 'what' | 'lamp'>;

const STEPS: Record<InvitationType, Step> = {
  'invitation.sent': { what: 'Invited', lamp: 'ok' },
  'invitation.resent': { what: 'Resent with a new link', lamp: 'ok' },
  'invitation.opened': { what: 'Link opened', lamp: 'ok' },
  'invitation.edited': { what: 'Changed', lamp: 'idle' },
  'invitation.reminded': { what: 'Reminded', lamp: 'ok' },
  'invitation.link-copied': { what: 'Link copied', lamp: 'idle' },
  'invitation.new-link-asked': { what: 'Asked for a new link', lamp: 'warn' },
  'invitation.mail-failed': { what: 'Mail given up', lamp: 'bad' },
  'invitation.accepted': { what: 'Accepted', lamp: 'ok' },
  'invitation.expired': { what: 'Expired', lamp: 'warn' },
  'invitation.revoked': { what: 'Revoked', lamp: 'warn' },
};
const TYPES = Object.keys(STEPS);
const isInvitationType = (type: string): type is InvitationType => Object.hasOwn(STEPS, type);

const TRIES: Record<NonNullable<Attempt['outcome']>, Step> = {
  sent: { what: 'Mail handed to the mail server', lamp: 'ok' },
  retry: { what: 'Mail server not ready, tried again later', lamp: 'warn' },
  failed: { what: 'Mail refused', lamp: 'bad' },
  suppressed: { what: 'Mail not sent', lamp: 'idle' },
  lost: { what: 'A try to send the mail broke off', lamp: 'warn' },
};
const UNDER_WAY: Step = { what: 'Mail under way', lamp: 'busy' };
const MAILER = 'Quarterdeck';

const step = (at: Date, who: string, seen: Step, detail?: string | null): InvitationStep => ({
  at: at.toISOString(),
  who,
  ...seen,
  ...(detail ? { detail } : {}),
});

const show = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : '') || 'none';

/** What there is to say of a step beyond its name. */
function detailOf({ type, facts }: Event, isLast: boolean): string | undefined {
  switch (type) {
    case 'invitation.mail-failed':
      return String(facts['reason']);
    case 'invitation.opened':
      return isLast ? 'Perhaps by a link scanner: nothing followed yet.' : undefined;
    case 'invitation.edited': {
      const { changes } = recordable[type].facts.parse(facts);
      return Object.entries(changes)
        .map(([field, { before, after }]) => (field === 'note' ? 'note rewritten' : `${field}: ${show(before)} → ${show(after)}`))
        .join('; ');
    }
    case 'invitation.accepted': {
      const { departmentsGone = [] } = recordable[type].facts.parse(facts);
      return departmentsGone.length === 0 ? undefined : `Not in ${departmentsGone.join(', ')}, deleted meanwhile.`;
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
    ...deliveries.map(delivery => step(delivery.createdAt, MAILER, { what: 'Mail queued', lamp: 'idle' })),
    ...attempts.map(attempt => step(attempt.startedAt, MAILER, attempt.outcome ? TRIES[attempt.outcome] : UNDER_WAY, attempt.answer)),
  ];
  return { steps: steps.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)), deliveries };
}
