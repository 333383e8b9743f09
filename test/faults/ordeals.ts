import { expect } from 'vitest';
import { ERROR_500, HALF_JSON, HTML_502, SLOW } from '../support/counterparts/counterpart.ts';
import { rateLimit, refusal } from '../support/counterparts/slack.ts';
import type { MailFault } from '../support/mailbox.ts';
import { activateEmail } from '../server/notifications/house.ts';
import type { Ordeal } from './ordeal.ts';
import type { Site } from './site.ts';

const PATIENCE = { timeout: 60_000, interval: 50 };
/** One in so many, and at least so many. */
const share = (count: number, oneIn: number, least = 2): number => Math.max(least, Math.floor(count / oneIn));
const times = <T>(many: number, make: (at: number) => T): T[] => Array.from({ length: many }, (_, at) => make(at));
/** When a quarter is sent, and again when half is. */
const twice =
  (strike: (site: Site) => Promise<void>): NonNullable<Ordeal['during']> =>
  async (site, progress) => {
    for (const part of [4, 2]) {
      await expect.poll(async () => ((await progress()).sent * part) / (await progress()).total, PATIENCE).toBeGreaterThan(1);
      await strike(site);
    }
  };
const mailFault =
  (...kinds: MailFault[]): NonNullable<Ordeal['prepare']> =>
  ({ mailbox }, count) =>
    void mailbox.faults.push(...times(share(count, 20), at => ({ stage: 'data', code: 451, ...kinds[at % kinds.length] }) as const));

const STAGES = ['connect', 'from', 'recipient', 'data'] as const;
const TEMPORARY: MailFault[] = STAGES.flatMap(stage => [421, 450, 451, 452].map(code => ({ stage, code })));
const FINAL: MailFault[] = STAGES.slice(1).flatMap(stage => [550, 552, 554].map(code => ({ stage, code })));

/** What the promise must hold through. */
export const ordeals: readonly Ordeal[] = [
  {
    name: 'worker killed before the send',
    provider: 'webhook',
    mayRepeat: true, // of what it had under way beside that one
    chaos: count => ({ moment: 'before-send', every: share(count, 12, 4) }),
  },
  {
    name: 'worker killed after the send',
    provider: 'webhook',
    mayRepeat: true,
    chaos: count => ({ moment: 'after-send', every: share(count, 12, 4) }),
  },
  {
    name: 'worker killed after the mark',
    provider: 'webhook',
    mayRepeat: true, // likewise
    chaos: count => ({ moment: 'after-mark', every: share(count, 12, 4) }),
  },
  { name: 'Redis killed and emptied, twice', provider: 'webhook', mayRepeat: false, during: twice(({ killRedis }) => killRedis()) },
  { name: 'PostgreSQL restarted, twice', provider: 'webhook', mayRepeat: true, during: twice(({ restartPostgres }) => restartPostgres()) },
  { name: 'PostgreSQL crashed, twice', provider: 'webhook', mayRepeat: true, during: twice(({ crashPostgres }) => crashPostgres()) },
  { name: 'each job three times, four workers', provider: 'webhook', mayRepeat: false, copies: 3, workers: 4 },
  {
    name: 'answers after 30 s, though it took it',
    provider: 'webhook',
    mayRepeat: true,
    prepare: ({ receiver }, count) => void receiver.faults.push(...times(share(count, 200), () => SLOW)),
  },
  {
    name: '429, then 500, then 200',
    provider: 'webhook',
    mayRepeat: false,
    prepare: ({ receiver }, count) => {
      const wait = { status: 429, headers: { 'retry-after': '1' } };
      receiver.faults.push(...times(share(count, 200), () => [wait, ERROR_500]).flat());
    },
  },
  {
    name: 'half a JSON, though it took it',
    provider: 'slack',
    mayRepeat: true,
    prepare: ({ slack }, count) => void slack.faults.push(...times(share(count, 20), () => ({ ...HALF_JSON, accepted: true }))),
  },
  {
    name: 'HTML with status 502',
    provider: 'slack',
    mayRepeat: false,
    prepare: ({ slack }, count) => void slack.faults.push(...times(share(count, 20), () => HTML_502)),
  },
  {
    name: 'ok:false, and a pause asked for',
    provider: 'slack',
    mayRepeat: false,
    prepare: ({ slack }, count) =>
      void slack.faults.push(...times(share(count, 20), at => (at % 50 === 49 ? rateLimit('1') : refusal('internal_error')))),
  },
  { name: 'SMTP 4xx at each stage', provider: 'email', mayRepeat: false, prepare: mailFault(...TEMPORARY) },
  {
    name: 'SMTP 5xx at each stage, sent again by a person',
    provider: 'email',
    mayRepeat: false,
    replays: true,
    prepare: mailFault(...FINAL),
  },
  {
    name: 'SMTP hangs after the dot',
    provider: 'email',
    mayRepeat: true,
    prepare: ({ mailbox }, count) =>
      void mailbox.faults.push(...times(share(count, 200), () => ({ stage: 'data', code: 0, hang: true }) as const)),
  },
  {
    name: 'SMTP without the TLS that was asked for',
    provider: 'email',
    mayRepeat: false,
    prepare: async ({ orm }) => {
      await orm.em.fork().execute(`update provider_activation set settings = settings || '{"security":"starttls"}' where id = 'email'`);
    },
    during: async ({ orm, owner, opened, mailbox }, progress) => {
      await expect.poll(async () => (await progress()).retried, PATIENCE).toBeGreaterThan(3);
      expect(mailbox.mails).toEqual([]); // nothing was said in clear
      await activateEmail(orm.em.fork(), owner, opened.tools, mailbox);
    },
  },
];
