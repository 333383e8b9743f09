/** `npm run dev`: the product from its sources, and beside it the services that it sends to, on this machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Mailbox } from '../mailbox.ts';
import type { Counterpart } from './counterpart.ts';
import { FakeHipChat, HIPCHAT_TOKEN } from './hipchat.ts';
import { WAYS } from './misbehave.ts';
import { FakeSlack, TOKEN } from './slack.ts';
import { FakeReceiver, HOOK_SECRET } from './webhook.ts';

/** The first of five ports; the same at each start, so that what was set up goes on working. */
const FIRST_PORT = 4100;
const LOOK_EVERY = 500; // ms
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const slack = new FakeSlack();
const hipchat = new FakeHipChat();
const receiver = new FakeReceiver();
const mailbox = new Mailbox();
slack.limited = true;

/** What each took, in a line. */
const taken: Readonly<Record<string, () => readonly string[]>> = {
  slack: () => slack.posts.map(({ channel, text }) => `${channel}: ${text}`),
  hipchat: () => hipchat.posts.map(({ room, card, message }) => `room ${room}: ${card?.title ?? message}`),
  webhook: () => receiver.hooks.map(({ path, payload }) => `${path}: ${payload.type}`),
  mail: () => mailbox.mails.map(({ to, mail }) => `${to.join(', ')}: ${mail.subject ?? ''}`),
};

/** Writes what has come since it last looked. */
function watchMessages(): NodeJS.Timeout {
  const seen = new Map<string, number>();
  return setInterval(() => {
    for (const [name, lines] of Object.entries(taken)) {
      for (const line of lines().slice(seen.get(name) ?? 0)) say(`  ${name} took ${line.replaceAll('\n', ' · ')}`);
      seen.set(name, lines().length);
    }
  }, LOOK_EVERY);
}

const byName: Readonly<Record<string, Counterpart>> = { slack, hipchat, webhook: receiver };

/** `POST /slack/html` lets the next answer of Slack be a page of a proxy's. */
async function startSwitch(): Promise<ReturnType<typeof createServer>> {
  const server = createServer((request, response) => {
    const [, name = '', way = ''] = (request.url ?? '').split('/');
    const [counterpart, faults] = [byName[name], WAYS[way]];
    if (request.method !== 'POST' || !counterpart || !faults)
      return void response.writeHead(404).end(`POST /${Object.keys(byName).join('|')}/${Object.keys(WAYS).join('|')}\n`);
    counterpart.faults.push(...faults);
    response.end(`The next messages to ${name} meet: ${way}.\n`);
  });
  const listen = (port: number): Promise<unknown> => once(server.listen(port, '127.0.0.1'), 'listening');
  await listen(FIRST_PORT + 4).catch(() => listen(0));
  return server;
}

/** The product, told where its counterparts are. What `.env` or the environment says comes first. */
function startProduct(): ChildProcess {
  const allowed = [process.env['ALLOWED_PRIVATE_HOSTS'], hipchat.host, receiver.host, `127.0.0.1:${mailbox.port}`];
  const watched = ['server', 'jobs', 'contract'].map(folder => `--watch-path=${folder}`);
  return spawn(process.execPath, [...watched, '--watch-preserve-output', 'server/index.ts', '--dev', ...process.argv.slice(2)], {
    cwd: path.resolve(import.meta.dirname, '../../..'),
    stdio: 'inherit',
    env: {
      ...process.env,
      SLACK_API_URL: process.env['SLACK_API_URL'] ?? slack.api,
      ALLOWED_PRIVATE_HOSTS: allowed.filter(host => host !== undefined && host !== '').join(','),
    },
  });
}

if (existsSync('.env')) process.loadEnvFile();
const services: readonly { start(port: number): Promise<unknown>; stop(): Promise<void> }[] = [slack, hipchat, receiver, mailbox];
// another `npm run dev` may have the ports
await Promise.all(services.map((service, at) => service.start(FIRST_PORT + at).catch(() => service.start(0))));
const control = await startSwitch();
say('Beside it, on this machine, to try rules with (Notifications, Providers); what they take is written here:');
say(`  Slack     bot token ${TOKEN}`);
say(`  HipChat   ${hipchat.url}  token ${HIPCHAT_TOKEN}`);
say(`  Webhook   ${receiver.url}  secret ${HOOK_SECRET}`);
say(`  Mail      127.0.0.1, port ${mailbox.port}, security none, no user name`);
say(
  `  To let the next answer go wrong: curl -X POST http://127.0.0.1:${(control.address() as AddressInfo).port}/slack/html (${Object.keys(WAYS).join(', ')})`,
);

const watching = watchMessages();
const product = startProduct();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => product.kill(signal));
const [code] = (await once(product, 'exit')) as [number | null];
clearInterval(watching);
control.close();
await Promise.all(services.map(service => service.stop()));
process.exitCode = code ?? 0;
