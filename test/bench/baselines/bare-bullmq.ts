/**
 * A BullMQ worker and nothing else: each job is one POST, four at a time, as the product sends them, without a row that follows it.
 * With a database it also keeps a row for each job, and says in it that the job is begun and that it is done: two statements.
 */
import { once } from 'node:events';
import http from 'node:http';
import { Worker, createNodeRedisClient } from 'bullmq';
import pg from 'pg';
import { createClient } from 'redis';
import { redisOptions } from '../stores.ts';

const { BENCH_REDIS = '', BENCH_URL = '', BENCH_DATABASE = '' } = process.env;
const client = createClient(redisOptions(BENCH_REDIS));
client.on('error', (error: Error) => console.error(error.message));
await client.connect();
const rows = BENCH_DATABASE === '' ? undefined : new pg.Pool({ connectionString: BENCH_DATABASE, max: 10 });
await rows?.query('create table if not exists bare (id uuid primary key, state text not null)');

const begin = { name: 'begin', text: `insert into bare (id, state) values ($1, 'sending')` };
const end = { name: 'end', text: `update bare set state = 'sent' where id = $1` };

async function post(body: string): Promise<void> {
  const asked = http.request(BENCH_URL, { method: 'POST', agent: false, headers: { 'content-type': 'application/json' } });
  asked.end(body);
  const [answer] = (await once(asked, 'response')) as [http.IncomingMessage]; // what 'response' carries
  answer.resume();
  await once(answer, 'end');
}

async function run(data: { deliveryId: string }): Promise<void> {
  await rows?.query({ ...begin, values: [data.deliveryId] });
  await post(JSON.stringify(data));
  await rows?.query({ ...end, values: [data.deliveryId] });
}

const worker = new Worker<{ deliveryId: string }>('bench', ({ data }) => run(data), {
  connection: createNodeRedisClient(client),
  concurrency: 4,
});
await worker.waitUntilReady();
process.send?.('ready');
