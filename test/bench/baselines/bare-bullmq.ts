/** A BullMQ worker and nothing else: each job is one POST, four at a time, as the product sends them, without a row that follows it. */
import { once } from 'node:events';
import http from 'node:http';
import { Worker, createNodeRedisClient } from 'bullmq';
import { createClient } from 'redis';
import { redisOptions } from '../stores.ts';

const { BENCH_REDIS = '', BENCH_URL = '' } = process.env;
const client = createClient(redisOptions(BENCH_REDIS));
client.on('error', (error: Error) => console.error(error.message));
await client.connect();

async function post(body: string): Promise<void> {
  const asked = http.request(BENCH_URL, { method: 'POST', agent: false, headers: { 'content-type': 'application/json' } });
  asked.end(body);
  const [answer] = (await once(asked, 'response')) as [http.IncomingMessage]; // what 'response' carries
  answer.resume();
  await once(answer, 'end');
}

const worker = new Worker('bench', ({ data }) => post(JSON.stringify(data)), { connection: createNodeRedisClient(client), concurrency: 4 });
await worker.waitUntilReady();
process.send?.('ready');
