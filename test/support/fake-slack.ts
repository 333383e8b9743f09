import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SlackPost {
  channel: string;
  text: string;
  blocks: { type: string; text?: { text: string }; fields?: { text: string }[]; elements?: { text: string }[] }[];
  metadata: { event_payload: { delivery_id: string } };
  fields: Record<string, string>;
  at: number;
}

/** How an answer goes wrong. `accepted`: the message was posted all the same. */
export interface Fault {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  silent?: boolean;
  reset?: boolean;
  accepted?: boolean;
}
/** `{ ok: false }` as Slack says it. */
export const refusal = (error: string): Fault => ({ body: JSON.stringify({ ok: false, error }) });
export const rateLimit = (retryAfter?: string): Fault => ({
  status: 429,
  body: JSON.stringify({ ok: false, error: 'ratelimited' }),
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
});

export const TOKEN = 'xoxb-000000000000-1111-goodtoken';
const CHANNELS = 450;

/** Answers as Slack's Web API does (https://docs.slack.dev/reference/methods), on loopback, and remembers what was posted. */
export class FakeSlack {
  readonly posts: SlackPost[] = [];
  /** How the next answers to `chat.postMessage` go wrong, in order. */
  readonly faults: Fault[] = [];
  /** Of every call, whatever became of it. */
  readonly calls: string[] = [];
  scopes = 'chat:write,channels:read';
  channels = Array.from({ length: CHANNELS }, (_, at) => ({
    id: `C${String(at).padStart(6, '0')}`,
    name: `channel-${at}`,
    is_member: at % 2 === 0,
  }));
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));
  readonly #waiting = new Set<ServerResponse>();

  /** The base of the API, for SLACK_API_URL. */
  url = '';

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo; // of a server that listens on a port
    this.url = `http://127.0.0.1:${port}/api/`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  reset(): void {
    this.posts.length = 0;
    this.faults.length = 0;
    this.calls.length = 0;
  }

  /** Ends the requests that were left without an answer. */
  cutSilent(): void {
    for (const response of this.#waiting) response.destroy();
    this.#waiting.clear();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.url?.split('/').at(-1) ?? '';
    const fields = Object.fromEntries(new URLSearchParams(await text(request)));
    this.calls.push(method);
    const say = (body: object): void =>
      void response.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': this.scopes }).end(JSON.stringify(body));
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return say({ ok: false, error: 'invalid_auth' });
    if (method === 'auth.test')
      return say({
        ok: true,
        url: 'https://northwind.slack.com/',
        team: 'Northwind',
        user: 'quarterdeck',
        team_id: 'T1',
        user_id: 'U1',
        bot_id: 'B1',
      });
    if (method === 'conversations.list') return say(this.#page(fields));
    if (method === 'conversations.info') {
      const channel = this.channels.find(({ id }) => id === fields['channel']);
      return say(channel ? { ok: true, channel } : { ok: false, error: 'channel_not_found' });
    }
    if (method !== 'chat.postMessage') return say({ ok: false, error: 'unknown_method' });
    const fault = this.faults.shift();
    if (!fault || fault.accepted) this.#keep(fields);
    if (!fault)
      return say({ ok: true, channel: fields['channel'], ts: `17000000.${this.posts.length}`, message: { text: fields['text'] } });
    if (fault.reset) return void request.socket.resetAndDestroy();
    if (fault.silent) return void this.#waiting.add(response);
    response.writeHead(fault.status ?? 200, { 'content-type': 'application/json', ...fault.headers }).end(fault.body ?? '');
  }

  #page({ cursor = '0', limit = '100' }: Record<string, string>): object {
    const from = Number(cursor);
    const to = from + Number(limit);
    return {
      ok: true,
      channels: this.channels.slice(from, to),
      response_metadata: { next_cursor: to < this.channels.length ? String(to) : '' },
    };
  }

  #keep(fields: Record<string, string>): void {
    this.posts.push({
      channel: fields['channel'] ?? '',
      text: fields['text'] ?? '',
      blocks: JSON.parse(fields['blocks'] ?? '[]') as SlackPost['blocks'],
      metadata: JSON.parse(fields['metadata'] ?? '{}') as SlackPost['metadata'],
      fields,
      at: Date.now(),
    });
  }
}
