import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Queue, createNodeRedisClient } from 'bullmq';
import { createClient } from 'redis';
import { Admin } from '#server/admins/Admin.ts';
import { ingest } from '#server/events/ingest.ts';
import { ProviderActivation } from '#server/notifications/ProviderActivation.ts';
import { Rule } from '#server/notifications/Rule.ts';
import { sealSecrets } from '#server/notifications/stored-settings.ts';
import type { Actor } from '#server/platform/actor.ts';
import { Secrets } from '#server/platform/secrets.ts';
import { CORE } from '../machine.ts';
import { Child } from '../process/child.ts';
import { signInPeople } from '../product/people.ts';
import { type Product, startProduct } from '../product/product.ts';
import { startWorker } from '../product/worker.ts';
import type { Bench, Measure, Sample, Scenario, Stage } from '../scenario.ts';
import { anotherRedis, redisOptions } from '../stores.ts';

const MESSAGES = { quick: 200, full: 1000 } as const; // per burst
const PATIENCE = 60_000; // ms for a burst
const SHOP: Actor = { kind: 'key', id: randomUUID(), name: 'Bench', permissions: new Set(['events.write']), superadmin: false };

/** Takes whatever is posted to it, and counts. */
class Receiver {
  url = '';
  #left = 0;
  #all = Promise.withResolvers<void>();

  async start({ cleanup }: Bench): Promise<this> {
    const server = createServer((request, response) => {
      request.resume().once('end', () => {
        response.writeHead(204).end();
        if (--this.#left === 0) this.#all.resolve();
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    cleanup.defer(() => void server.close());
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`; // of a server that listens on a port
    return this;
  }

  /** How many a second come from `send`, which makes so many be sent. @param by the process that sends them */
  async measure(messages: number, by: Child, send: () => Promise<unknown>): Promise<Sample> {
    this.#left = messages;
    this.#all = Promise.withResolvers<void>();
    const [before, own, began] = [await by.cpu(), process.cpuUsage(), performance.now()];
    const late = setTimeout(() => this.#all.reject(new Error(`${this.#left} messages never came.\n${by.output}`)), PATIENCE);
    await Promise.all([send(), this.#all.promise]).finally(() => clearTimeout(late));
    const seconds = (performance.now() - began) / 1000;
    const [after, ours] = [await by.cpu(), process.cpuUsage(own)];
    const cpu = after.user + after.system - before.user - before.system;
    return { generatorShare: (ours.user + ours.system) / cpu, rate: messages / seconds, cpu: cpu / messages / 1000 };
  }
}

/** A rule that posts each renewed domain to the receiver. */
async function makeRule({ orm, env }: Product, { url }: Receiver): Promise<void> {
  await signInPeople(orm, 1, ['rules.edit']);
  const em = orm.em.fork();
  const owner = await em.findOneOrFail(Admin, { disabledAt: null });
  const secrets = sealSecrets(new Secrets(Buffer.from(env['SECRET_KEY'] ?? '', 'base64')), 'webhook', {
    secret: `whsec_${randomBytes(32).toString('base64')}`,
  });
  em.create(ProviderActivation, { id: 'webhook', settings: { url }, secrets, activatedBy: owner });
  em.create(Rule, {
    name: 'Renewals',
    enabled: true,
    events: ['domain.renewed'],
    match: 'all',
    conditions: [],
    targets: [{ provider: 'webhook', target: {}, label: 'bench' }],
    owner,
  });
  await em.flush();
}

async function post({ orm }: Product, messages: number): Promise<void> {
  const posted = Array.from({ length: messages }, () => ({ id: randomUUID(), type: 'domain.renewed', facts: { domain: 'example.com' } }));
  const { stored } = await ingest(orm.em.fork(), SHOP, posted);
  if (stored !== messages) throw new Error(`Only ${stored} of ${messages} events were stored.`);
}

/** A bare worker, and what puts jobs into its queue. @param database where it keeps a row for each job, if it does */
async function startBare(
  bench: Bench,
  receiver: Receiver,
  database = '',
): Promise<{ worker: Child; add: (messages: number) => Promise<unknown> }> {
  const { url: redisUrl } = await anotherRedis(bench);
  const worker = bench.cleanup.use(
    new Child({
      name: 'bare-bullmq',
      file: `${import.meta.dirname}/../baselines/bare-bullmq.ts`,
      env: { BENCH_REDIS: redisUrl, BENCH_URL: receiver.url, BENCH_DATABASE: database },
      machine: bench.machine,
      core: CORE.server,
    }),
  );
  await worker.sent('ready', PATIENCE);
  const client = createClient(redisOptions(redisUrl));
  await client.connect();
  bench.cleanup.defer(() => client.close());
  const queue = new Queue('bench', { connection: createNodeRedisClient(client), defaultJobOptions: { removeOnComplete: true } });
  const job = () => ({ name: 'post', data: { deliveryId: randomUUID() } });
  return { worker, add: messages => queue.addBulk(Array.from({ length: messages }, job)) };
}

async function up(bench: Bench): Promise<Stage> {
  const messages = bench.quick ? MESSAGES.quick : MESSAGES.full;
  const receiver = await new Receiver().start(bench);
  const env = { ALLOWED_PRIVATE_HOSTS: new URL(receiver.url).host };
  const product = await startProduct({ redisUrl: bench.stores.redisUrl, env }, bench);
  await makeRule(product, receiver);
  const worker = await startWorker(product, '', bench, CORE.server);
  const bares = {
    'bare-bullmq': await startBare(bench, receiver),
    'bare-with-rows': await startBare(bench, receiver, product.env['DATABASE_URL']),
  };
  let sent = 0;
  const burst = (): Promise<Sample> => {
    sent += messages;
    return receiver.measure(messages, worker, () => post(product, messages));
  };
  await burst();
  const count = async (): Promise<Record<string, number>> => {
    const [row] = await product.orm.em
      .fork()
      .execute<{ ended: number }[]>(`select count(*)::int as ended from delivery where state in ('sent', 'sending')`);
    return { unaccounted: sent - (row?.ended ?? 0) };
  };
  const baselines = Object.entries(bares).map(([name, { worker, add }]) => ({
    name,
    burst: () => receiver.measure(messages, worker, () => add(messages)),
  }));
  return { ours: { name: 'worker', burst }, baselines, count };
}

interface Bounds {
  rate: Pick<Measure, 'goal' | 'gate'>;
  cpu: Pick<Measure, 'goal' | 'gate'>;
}
const measuresBeside = (baseline: string, { rate, cpu }: Bounds): Measure[] => [
  { kind: 'timed', baseline, measure: 'messages a second, from the event to the receiver', figure: 'rate', ...rate },
  { kind: 'timed', baseline, measure: 'worker CPU ms a message', figure: 'cpu', ...cpu },
];
const measures: readonly Measure[] = [
  // what bare workers lack: the event's number and link in the chain, the rule, the row that is claimed and marked, who watches the log
  ...measuresBeside('bare-bullmq', { rate: { goal: '>=0.1', gate: '>=0.05' }, cpu: { goal: '<=8', gate: '<=12' } }),
  ...measuresBeside('bare-with-rows', { rate: { goal: '>=0.2', gate: '>=0.1' }, cpu: { goal: '<=4', gate: '<=6' } }),
  { kind: 'count', measure: 'messages that no row tells of', figure: 'unaccounted', goal: '=0', gate: '=0' },
];

const deliveries: Scenario = { name: 'deliveries', bound: 300_000, measures, up };
export default deliveries;
