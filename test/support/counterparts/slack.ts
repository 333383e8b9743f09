import { type Answer, type Asked, Counterpart, type Fault, json } from './counterpart.ts';

export interface SlackPost {
  channel: string;
  text: string;
  blocks: { type: string; text?: { text: string }; fields?: { text: string }[]; elements?: { text: string }[] }[];
  metadata: { event_payload: { delivery_id: string } };
  fields: Record<string, string>;
  at: number;
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
const [LONGEST_TEXT, MOST_BLOCKS, LONGEST_SECTION, MOST_FIELDS, LONGEST_FIELD] = [40_000, 50, 3000, 10, 2000];

/** What Slack says to blocks beyond its limits (https://docs.slack.dev/reference/block-kit/blocks/section-block). */
function faultIn({ blocks, text, channel }: SlackPost, known: (channel: string) => boolean): string | undefined {
  if (!known(channel)) return 'channel_not_found';
  if (text.length > LONGEST_TEXT) return 'msg_too_long';
  if (text === '' && blocks.length === 0) return 'no_text';
  const fits = blocks.every(
    block =>
      (block.text?.text.length ?? 1) <= LONGEST_SECTION &&
      (block.fields?.length ?? 1) <= MOST_FIELDS &&
      [...(block.fields ?? []), ...(block.elements ?? [])].every(field => field.text.length > 0 && field.text.length <= LONGEST_FIELD),
  );
  return fits && blocks.length <= MOST_BLOCKS ? undefined : 'invalid_blocks';
}

/** Answers as Slack's Web API does (https://docs.slack.dev/reference/methods), and remembers what was posted. */
export class FakeSlack extends Counterpart {
  readonly posts: SlackPost[] = [];
  scopes = 'chat:write,channels:read,groups:read';
  /** Whether a channel takes one message a second and no more, as Slack's does. */
  limited = false;
  channels = Array.from({ length: CHANNELS }, (_, at) => ({
    id: `C${String(at).padStart(6, '0')}`,
    name: `channel-${at}`,
    is_member: at % 2 === 0,
    is_private: false,
  }));

  /** The base of the API, for SLACK_API_URL. */
  get api(): string {
    return `${this.url}api/`;
  }

  protected forget(): void {
    this.posts.length = 0;
  }

  protected message({ path, headers, body }: Asked): (() => Answer) | undefined {
    if (!path.endsWith('/chat.postMessage') || headers.authorization !== `Bearer ${TOKEN}`) return undefined;
    return () => this.#post(Object.fromEntries(new URLSearchParams(body)));
  }

  protected answer({ path, headers, body }: Asked): Answer {
    const say = (answer: object): Answer => json(200, answer, { 'x-oauth-scopes': this.scopes });
    if (headers.authorization !== `Bearer ${TOKEN}`) return say({ ok: false, error: 'invalid_auth' });
    const fields = Object.fromEntries(new URLSearchParams(body));
    switch (path.split('/').at(-1)) {
      case 'auth.test':
        return say({ ok: true, url: 'https://northwind.slack.com/', team: 'Northwind', user: 'quarterdeck', team_id: 'T1', bot_id: 'B1' });
      case 'conversations.list':
        return say(this.#page(fields));
      case 'conversations.info': {
        const channel = this.channels.find(({ id }) => id === fields['channel']);
        return say(channel ? { ok: true, channel } : { ok: false, error: 'channel_not_found' });
      }
      default:
        return say({ ok: false, error: 'unknown_method' });
    }
  }

  #page({ cursor = '0', limit = '100', types = 'public_channel' }: Record<string, string>): object {
    const needed = types.includes('private_channel') && !this.scopes.includes('groups:read') ? 'groups:read' : undefined;
    if (needed) return { ok: false, error: 'missing_scope', needed, provided: this.scopes };
    const channels = this.channels.filter(channel => types.includes(channel.is_private ? 'private_channel' : 'public_channel'));
    const from = Number(cursor);
    const to = from + Number(limit);
    return {
      ok: true,
      channels: channels.slice(from, to),
      response_metadata: { next_cursor: to < channels.length ? String(to) : '' },
    };
  }

  #post(fields: Record<string, string>): Answer {
    const post: SlackPost = {
      channel: fields['channel'] ?? '',
      text: fields['text'] ?? '',
      blocks: JSON.parse(fields['blocks'] ?? '[]') as SlackPost['blocks'],
      metadata: JSON.parse(fields['metadata'] ?? '{}') as SlackPost['metadata'],
      fields,
      at: Date.now(),
    };
    const lately = this.posts.some(({ channel, at }) => channel === post.channel && at > post.at - 1000);
    if (this.limited && lately) return { status: 429, headers: { 'retry-after': '1' }, body: '{"ok":false,"error":"ratelimited"}' };
    const error = faultIn(post, channel => this.channels.some(({ id }) => id === channel));
    if (error) return json(200, { ok: false, error });
    this.posts.push(post);
    return json(200, { ok: true, channel: post.channel, ts: `17000000.${this.posts.length}`, message: { text: post.text } });
  }
}
