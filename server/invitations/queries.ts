import { type EntityManager, type FilterQuery, raw } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { InvitationView, listInvitations as endpoint } from '#contract/invitations.ts';
import type { DeliveryState } from '#contract/deliveries.ts';
import type { Event } from '../events/Event.ts';
import { Invitation } from './Invitation.ts';

type Query = z.output<NonNullable<typeof endpoint.query>>;
type Mail = NonNullable<InvitationView['mail']>;

/** `open` is what somebody has still to deal with. An overdue one counts as expired before the worker has marked it. */
const BY_STATE: Record<Query['state'], FilterQuery<Invitation>> = {
  open: { state: { $in: ['pending', 'expired'] } },
  pending: { state: 'pending', expiresAt: { $gt: raw('now()') } },
  accepted: { state: 'accepted' },
  expired: { $or: [{ state: 'expired' }, { state: 'pending', expiresAt: { $lte: raw('now()') } }] },
  revoked: { state: 'revoked' },
};
/** All that a view of an invitation shows. */
const VIEW = ['roles', 'departments.department', 'invitedBy', 'acceptedBy'] as const;

/** One page of invitations, newest first, with all that their view shows, and how many there are. */
export async function pageOfInvitations(em: EntityManager, query: Query, pageSize: number): Promise<[Invitation[], number]> {
  const search = query.search?.replaceAll(/[\\%_]/g, '\\$&');
  const where: FilterQuery<Invitation> = {
    $and: [
      BY_STATE[query.state],
      ...(search ? [{ $or: [{ email: { $ilike: `%${search}%` } }, { name: { $ilike: `%${search}%` } }] }] : []),
      ...(query.inviter ? [{ invitedBy: query.inviter }] : []),
    ],
  };
  const paging = { limit: pageSize, offset: (query.page - 1) * pageSize };
  return em.findAndCount(Invitation, where, { populate: VIEW, orderBy: { sentAt: 'desc', id: 'desc' }, ...paging });
}

/** Everybody who ever invited, by name. */
export const inviters = (em: EntityManager): Promise<{ id: string; name: string }[]> =>
  em.execute(
    `select id, first_name || ' ' || last_name as name from admin where id in (select invited_by_id from invitation) order by name, id`,
  );

/**
 * Loads who and what is behind an invitation: its roles, its departments, its inviter and the inviter's roles. Not together with a `refresh` of the
 * invitation: the ORM takes refreshed lists of rights for changed ones and would write them back.
 */
export const loadParties = (em: EntityManager, invitation: Invitation): Promise<unknown> =>
  em.populate(invitation, ['roles', 'departments.department', 'invitedBy.roles', 'acceptedBy']);

/** The open invitations to these addresses, with all that their view shows, by the address in lower case. */
export async function openInvitationsTo(em: EntityManager, emails: readonly string[]): Promise<ReadonlyMap<string, Invitation>> {
  const lower = emails.map(email => email.toLowerCase());
  const address = raw<string>(alias => `lower(${alias}.email)`);
  const found = await em.find(Invitation, { [address]: { $in: lower }, state: 'pending' }, { populate: VIEW });
  return new Map(found.map(invitation => [invitation.email.toLowerCase(), invitation]));
}

/** With all that its view shows. */
export const invitationById = (em: EntityManager, id: string): Promise<Invitation | null> => em.findOne(Invitation, id, { populate: VIEW });

interface MailRow {
  invitation_id: string;
  id: string | null;
  state: DeliveryState;
  reason: string | null;
  /** In ms since 1970. */
  at: number;
}

/** How far the newest mail of each invitation has come, by the invitation's id. None while the worker has not taken it up. */
export async function mailsByInvitation(em: EntityManager, invitations: readonly Invitation[]): Promise<ReadonlyMap<string, Mail>> {
  if (invitations.length === 0) return new Map();
  const rows = await em.execute<MailRow[]>(
    `select distinct on (e.facts->>'invitationId')
            e.facts->>'invitationId' as invitation_id, d.id, d.state, d.reason,
            (extract(epoch from coalesce(d.finished_at, d.created_at)) * 1000)::float8 as at
       from event e left join delivery d on d.event_id = e.id and d.mail = 'invitation'
      where e.type in ('invitation.sent', 'invitation.resent', 'invitation.reminded') and e.facts->>'invitationId' in (?)
      order by e.facts->>'invitationId', e.stored_at desc`,
    [invitations.map(({ id }) => id)],
  );
  return new Map(
    rows.flatMap(({ invitation_id, id, state, reason, at }) =>
      id === null ? [] : [[invitation_id, { deliveryId: id, state, reason, at: new Date(at).toISOString() }] as const],
    ),
  );
}

/** Whether the invitation was resent after this event: each resend holds the row, so they are stored one after the other. */
export async function wasResentAfter(em: EntityManager, event: Event, invitationId: string): Promise<boolean> {
  const newer = await em.execute<unknown[]>(
    `select 1 from event where type = 'invitation.resent' and facts->>'invitationId' = ?
        and stored_at > (select stored_at from event where id = ?) limit 1`,
    [invitationId, event.id],
  );
  return newer.length > 0;
}
