import { concerns } from './_needs-attention.ts';
import { minutes, widget } from './_widget.ts';
import { later, sayAll } from '../words/say.ts';

/** By the database's clock. Of what counts one, the invitation itself, so that the way leads straight to it. */
const COUNTS = `
  with open as (
    select i.id, i.asked_at is not null or exists (select from invitation_old_link o where o.invitation_id = i.id and o.asked_at > i.sent_at) as asked,
           i.state = 'pending' and i.expires_at > now() and i.expires_at <= now() + interval '24 hours' as expiring,
           i.state = 'pending' and i.expires_at > now()
             and (select d.state from delivery d join event e on e.id = d.event_id
                   where d.mail = 'invitation' and e.facts->>'invitationId' = i.id::text order by e.stored_at desc limit 1) = 'failed' as unmailed
      from invitation i where i.state in ('pending', 'expired'))
  select (count(*) filter (where asked))::int as asked, min(id::text) filter (where asked) as "askedId",
         (count(*) filter (where expiring))::int as expiring, min(id::text) filter (where expiring) as "expiringId",
         (count(*) filter (where unmailed))::int as unmailed, min(id::text) filter (where unmailed) as "unmailedId"
    from open`;

interface Counts {
  asked: number;
  askedId: string | null;
  expiring: number;
  expiringId: string | null;
  unmailed: number;
  unmailedId: string | null;
}
const NONE: Counts = { asked: 0, askedId: null, expiring: 0, expiringId: null, unmailed: 0, unmailedId: null };

const placeOf = (count: number, id: string | null): string =>
  count === 1 && id !== null ? `/staff/invitations/${id}` : '/staff?tab=invited';

export default widget({
  id: 'needs-attention-invitations',
  title: later('Needs attention: invitations'),
  description: later('New links asked for, links about to end, and mails that did not go out.'),
  view: 'list',
  needs: 'admins.invite',
  partOf: 'needs-attention',
  refreshOn: [
    'invitation.sent',
    'invitation.resent',
    'invitation.edited',
    'invitation.accepted',
    'invitation.expired',
    'invitation.revoked',
    'invitation.new-link-asked',
    'invitation.mail-failed',
    'delivery.replayed',
  ],
  every: minutes(5),
  resend: minutes(10),
  load: async ({ em }) => {
    const [{ asked, askedId, expiring, expiringId, unmailed, unmailedId } = NONE] = await em.execute<Counts[]>(COUNTS);
    return concerns([
      {
        id: 'invitations-unmailed',
        count: unmailed,
        one: sayAll('An invitation’s mail failed'),
        several: sayAll('Invitations’ mails failed'),
        lamp: 'bad',
        href: placeOf(unmailed, unmailedId),
        action: sayAll('Copy link'),
      },
      {
        id: 'invitations-asked',
        count: asked,
        one: sayAll('A new invitation link is asked for'),
        several: sayAll('New invitation links are asked for'),
        lamp: 'warn',
        href: placeOf(asked, askedId),
        action: sayAll('Resend'),
      },
      {
        id: 'invitations-expiring',
        count: expiring,
        one: sayAll('An invitation ends within a day'),
        several: sayAll('Invitations end within a day'),
        lamp: 'warn',
        href: placeOf(expiring, expiringId),
        action: sayAll('Resend'),
      },
    ]);
  },
});
