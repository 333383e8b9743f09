import { minutes, widget } from './_widget.ts';
import { later, sayAll } from '../words/say.ts';

/** By the database's clock, on which every link lives and dies; one that is overdue counts as expired before a worker says so. */
const COUNTS = `
  select count(*) filter (where state = 'pending' and expires_at > now())::int as pending,
         count(*) filter (where state = 'pending' and expires_at > now() and expires_at <= now() + interval '24 hours')::int as expiring,
         count(*) filter (where (state = 'expired' or state = 'pending' and expires_at <= now()) and expires_at > now() - interval '7 days')::int as expired
    from invitation where state in ('pending', 'expired')`;

interface Counts {
  pending: number;
  expiring: number;
  expired: number;
}

export default widget({
  id: 'invitations',
  title: later('Invitations'),
  description: later('Invitations that wait for an answer, or did not get one.'),
  view: 'stats',
  columns: 2,
  rows: 3,
  weight: 30,
  needs: 'admins.view',
  refreshOn: [
    'invitation.sent',
    'invitation.resent',
    'invitation.edited',
    'invitation.accepted',
    'invitation.expired',
    'invitation.revoked',
    'invitation.new-link-asked',
  ],
  every: minutes(5),
  load: async ({ em }) => {
    const [counts] = await em.execute<Counts[]>(COUNTS);
    const { pending, expiring, expired } = counts ?? { pending: 0, expiring: 0, expired: 0 };
    return {
      groups: [
        {
          items: [
            { label: sayAll('Pending'), value: pending },
            { label: sayAll('Expiring within 24 h'), value: expiring, lamp: expiring > 0 ? 'warn' : 'ok' },
            { label: sayAll('Expired, last 7 days'), value: expired, lamp: expired > 0 ? 'warn' : 'ok' },
          ],
        },
      ],
    };
  },
});
