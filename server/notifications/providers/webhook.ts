import { z } from 'zod';
import { asksForPause, holdOf, reached } from './_answer.ts';
import { type Message, Pause, type ProviderTools, type Step, TryAgain, provider } from './_provider.ts';
import { OVERLAP_HOURS, keyOf, signed } from './_webhook-signature.ts';
import { later, say } from '../../words/say.ts';

/** Signs nothing that is sent: it stands in previews while no secret is set. */
const EXAMPLE_SECRET = `whsec_${Buffer.alloc(24).toString('base64')}`;
const SECRET = later('A secret is whsec_ and 24 to 64 bytes in base64.');

const settings = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: later('An address such as https://example.org/hooks.') }).meta({
    title: later('Address'),
    description: later('Messages are posted here as JSON. Another address needs a secret anew.'),
  }),
  secret: z
    .string()
    .trim()
    .refine(secret => keyOf(secret) !== undefined, SECRET)
    .meta({
      title: later('Secret'),
      description: later('The receiver checks signatures with it. When it is replaced, the one before signs too for 24 hours.'),
      secret: true,
      makes: 'whsec_',
    }),
  previousSecret: z.string().optional().meta({ secret: true, internal: true }),
  previousUntil: z.iso.datetime().optional().meta({ internal: true }),
});
const target = z.strictObject({
  path: z
    .string()
    .trim()
    .regex(/^(\/[\w~-][\w.~-]*)+\/?$/, later('A path such as /orders.'))
    .max(200)
    .optional()
    .meta({ title: later('Path'), description: later('Put behind the address, where one receiver takes several kinds of messages.') }),
});
type Settings = z.output<typeof settings>;

const LONGEST_REASON = 200;
/** What a program says of itself, in its first line; a page for people is no reason. */
async function reasonOf(answer: Response): Promise<string> {
  const isPage = /html/i.test(answer.headers.get('content-type') ?? '');
  const [line = ''] = isPage ? [] : (await answer.text()).trim().split('\n');
  return line === '' ? `status ${answer.status}` : `status ${answer.status}: ${line.slice(0, LONGEST_REASON)}`;
}

const addressOf = ({ url }: Settings, path = ''): string => {
  const address = new URL(url);
  if (path !== '') address.pathname = address.pathname.replace(/\/$/, '') + path;
  return address.href;
};

const stillGood = ({ previousSecret, previousUntil }: Partial<Settings>, now: Date): boolean =>
  previousSecret !== undefined && previousUntil !== undefined && new Date(previousUntil) > now;
const secretsOf = (given: Settings, now: Date): string[] => [
  given.secret,
  ...(stillGood(given, now) && given.previousSecret !== undefined ? [given.previousSecret] : []),
];

/** The message for programs: the words for people, and what they were made of. */
function payloadOf({ deliveryId, title, text, facts, link, footer, event }: Message): string {
  return JSON.stringify({
    type: event?.type ?? 'quarterdeck.message',
    timestamp: (event?.at ?? new Date()).toISOString(),
    data: {
      deliveryId,
      title,
      text,
      facts,
      link: link?.url ?? null,
      because: footer,
      event: event ? { actor: event.actor, facts: event.facts } : null,
    },
  });
}

function requestOf(message: Message, given: Settings, { version }: Pick<ProviderTools, 'version'>) {
  const body = payloadOf(message);
  const now = new Date();
  const signature = signed(body, { id: message.deliveryId, at: Math.floor(now.getTime() / 1000), secrets: secretsOf(given, now) });
  return { body, headers: { 'content-type': 'application/json', 'user-agent': `Quarterdeck/${version}`, ...signature } };
}

/** @throws TryAgain, also for what other services refuse for good: by the standard every failure is tried again. @throws Pause when the receiver is gone */
async function post(message: Message, given: Settings, path: string | undefined, tools: ProviderTools): Promise<string> {
  const request = requestOf(message, given, tools);
  const answer = await reached(say('The receiver'), tools.outbound.request(addressOf(given, path), { method: 'POST', ...request }));
  if (answer.ok) return `status ${answer.status}`;
  const retryAfter = answer.headers.get('retry-after');
  if (answer.status === 429 || (answer.status === 503 && retryAfter !== null)) throw asksForPause(say('The receiver'), holdOf(retryAfter));
  if (answer.status === 410) throw new Pause(say('The receiver is gone for good (status 410). Put its new address in Providers.'));
  throw new TryAgain(say('The receiver did not take it ({answer}).', { answer: await reasonOf(answer) }));
}

const ping: Omit<Message, 'deliveryId'> = {
  organisation: 'Quarterdeck',
  title: later('[Test] Quarterdeck can reach you'),
  text: later('This was sent to try the address and the secret. There is nothing to do.'),
  facts: [],
  footer: later('Sent by the test in Providers.'),
};

/** Posts a signed test, which shows whether the address answers and takes our signature. */
async function check(given: Settings, tools: ProviderTools): Promise<Step[]> {
  const label = say('Post a signed test');
  try {
    const said = await post({ ...ping, deliveryId: crypto.randomUUID() }, given, undefined, tools);
    return [{ label, state: 'ok', detail: say('{host} took it: {said}.', { host: new URL(given.url).host, said }) }];
  } catch (error) {
    if (error instanceof TryAgain || error instanceof Pause) return [{ label, state: 'bad', detail: error.message }];
    throw error;
  }
}

export default provider({
  id: 'webhook',
  label: 'Webhook',
  description: later('Posts signed JSON to a program of yours, by Standard Webhooks.'),
  settings,
  target,
  sentTo: ({ url }) => String(url),
  succeed: (next, before, now) => {
    if (before.secret !== next.secret) {
      const until = new Date(now.getTime() + OVERLAP_HOURS * 3_600_000);
      return { previousSecret: before.secret, previousUntil: until.toISOString() };
    }
    return stillGood(before, now) ? { previousSecret: before.previousSecret, previousUntil: before.previousUntil } : {};
  },
  note: (given, now) =>
    stillGood(given, now)
      ? { text: say('Messages are signed with the secret before, too, until'), until: given.previousUntil ?? '' }
      : undefined,
  check,
  describe: ({ path = '' }, stored) => Promise.resolve(stored ? `${new URL(stored.url).host}${path}` : `${say('the receiver')}${path}`),
  show: (message, { path }, given) => {
    const example = given ?? { url: 'https://example.org/hooks', secret: EXAMPLE_SECRET };
    const { body, headers } = requestOf(message, example, { version: '' });
    const shown = Object.entries(headers).filter(([name]) => name !== 'user-agent');
    return {
      as: 'request',
      address: addressOf(example, path),
      headers: shown.map(([name, value]) => ({ name, value: name === 'webhook-signature' ? 'v1,…' : value })),
      body: JSON.stringify(JSON.parse(body), null, 2),
    };
  },
  send: (message, given, { path }, tools) => post(message, given, path, tools),
});
