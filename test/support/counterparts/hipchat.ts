import { type Answer, type Asked, Counterpart, json } from './counterpart.ts';

/** A notification as HipChat takes it. */
export interface HipChatPost {
  room: string;
  message: string;
  message_format: 'html' | 'text';
  color: string;
  notify: boolean;
  from?: string;
  card?: { style: string; id: string; title: string; attributes?: { label: string; value: { label: string } }[] };
  at: number;
}

export const HIPCHAT_TOKEN = 'hipchat-planted-token-4417';
const ROOMS = 230;
const LONGEST_MESSAGE = 10_000;
const COLORS = ['yellow', 'green', 'red', 'purple', 'gray', 'random'];
const PER_ROOM = { most: 30, seconds: 60 };
const PER_TOKEN = { most: 500, seconds: 300 };

const failure = (code: number, type: string, message: string, headers: Record<string, string> = {}): Answer =>
  json(code, { error: { code, type, message } }, headers);

/** What is wrong with a notification; undefined when nothing is. */
function faultIn({ message, message_format: format, color, from, card }: HipChatPost): string | undefined {
  if (typeof message !== 'string' || message.length === 0 || message.length > LONGEST_MESSAGE)
    return `Value '${String(message).slice(0, 20)}' for field 'message' has an invalid length: 1 - ${LONGEST_MESSAGE}.`;
  if (!['html', 'text'].includes(format)) return "Invalid value for field 'message_format'.";
  if (!COLORS.includes(color)) return "Invalid value for field 'color'.";
  if (from !== undefined && from.length > 64) return "Value for field 'from' is too long.";
  if (card && (card.style === '' || card.id === '' || card.title.length === 0 || card.title.length > 500)) return "Invalid field 'card'.";
  return undefined;
}

/**
 * Answers as HipChat's API v2 did (https://developer.atlassian.com/server/hipchat/about-the-hipchat-rest-api), with its limits: 30
 * messages a minute in a room, 500 calls in five minutes.
 */
export class FakeHipChat extends Counterpart {
  readonly posts: HipChatPost[] = [];
  /** Whether the token may list rooms; one that was made for a single room may not. */
  mayList = true;
  /** Whether the limits hold. */
  limited = true;
  rooms = Array.from({ length: ROOMS }, (_, at) => ({ id: 1000 + at, name: `Room ${at}`, privacy: 'public', is_archived: false }));
  #asked: number[] = [];

  protected forget(): void {
    this.posts.length = 0;
    this.#asked = [];
  }

  protected message(asked: Asked): (() => Answer) | undefined {
    if (asked.method !== 'POST' || !asked.path.endsWith('/notification') || asked.query.has('auth_test')) return undefined;
    return this.#refusal(asked) ? undefined : () => this.#take(asked);
  }

  protected answer(asked: Asked): Answer {
    const refused = this.#refusal(asked);
    if (refused) return refused;
    if (asked.query.get('auth_test') === 'true')
      return json(202, { success: { code: 202, type: 'Accepted', message: 'This auth_token has permission to use this method.' } });
    if (asked.path === '/v2/room') return this.#page(asked.query);
    const room = this.#roomOf(asked.path);
    return room ? json(200, room) : failure(404, 'Not Found', 'Room not found');
  }

  #refusal({ headers, path }: Asked): Answer | undefined {
    if (headers.authorization !== `Bearer ${HIPCHAT_TOKEN}`) return failure(401, 'Unauthorized', 'Invalid OAuth session');
    const now = Date.now();
    this.#asked = this.#asked.filter(at => at > now - PER_TOKEN.seconds * 1000);
    if (this.limited && this.#asked.push(now) > PER_TOKEN.most) return this.#tooMuch('X-Ratelimit', PER_TOKEN, this.#asked[0] ?? now);
    if (path === '/v2/room' && !this.mayList) return failure(401, 'Unauthorized', 'Authenticated requests only');
    if (path !== '/v2/room' && !this.#roomOf(path)) return failure(404, 'Not Found', 'Room not found');
    return undefined;
  }

  #roomOf(path: string): (typeof this.rooms)[number] | undefined {
    const wanted = decodeURIComponent(path.split('/')[3] ?? '');
    return this.rooms.find(({ id, name }) => String(id) === wanted || name === wanted);
  }

  #page(query: URLSearchParams): Answer {
    const [from, most] = [Number(query.get('start-index') ?? 0), Number(query.get('max-results') ?? 100)];
    const items = this.rooms.slice(from, from + most).map(room => ({ ...room, links: { self: `${this.url}v2/room/${room.id}` } }));
    const next = from + most < this.rooms.length ? { next: `${this.url}v2/room?start-index=${from + most}&max-results=${most}` } : {};
    return json(200, { items, startIndex: from, maxResults: most, links: { self: `${this.url}v2/room`, ...next } });
  }

  #tooMuch(header: string, { most, seconds }: { most: number; seconds: number }, first: number): Answer {
    const reset = Math.ceil(first / 1000) + seconds;
    return failure(429, 'Too Many Requests', 'You have exceeded the rate limit.', {
      [`${header}-Limit`]: String(most),
      [`${header}-Remaining`]: '0',
      [`${header}-Reset`]: String(reset),
    });
  }

  #take({ path, body }: Asked): Answer {
    const room = String(this.#roomOf(path)?.id);
    const post: HipChatPost = { ...(JSON.parse(body) as HipChatPost), room, at: Date.now() };
    const lately = this.posts.filter(other => other.room === room && other.at > post.at - PER_ROOM.seconds * 1000);
    if (this.limited && lately.length >= PER_ROOM.most) return this.#tooMuch('X-FloodControl', PER_ROOM, lately[0]?.at ?? post.at);
    const fault = faultIn(post);
    if (fault !== undefined) return failure(400, 'Bad Request', fault);
    this.posts.push(post);
    return { status: 204 };
  }
}
