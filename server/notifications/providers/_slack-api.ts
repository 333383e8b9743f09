import {
  type FetchFunction,
  LogLevel,
  type Logger,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api';
import { OutboundError } from '../../platform/outbound.ts';
import { later, say } from '../../words/say.ts';
import { asksForPause, holdOf } from './_answer.ts';
import { Pause, type ProviderTools, Refused, TryAgain } from './_provider.ts';

const TIMEOUT = 10_000; // ms
/** A page of 200 channels with their topics and purposes is larger than other answers. */
const LARGEST = 1024 * 1024;
const FEW_TRIES = 4;

const NEW_TOKEN = later('Paste a new bot token in Providers.');
/** What Slack says when the token itself is of no use any more. */
const DEAD_TOKEN = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'org_login_required',
  'user_removed_from_team',
]);
/** What Slack says for good, with what helps. */
const CURES: Record<string, string> = {
  missing_scope: later(
    'The bot lacks a permission. Give it the scopes chat:write and channels:read, install it anew, and paste the new token in Providers.',
  ),
  not_allowed_token_type: later('This kind of token cannot post. Paste a bot token (xoxb-…) in Providers.'),
  channel_not_found: later('The channel does not exist, or the bot cannot see it. Choose another in the rule, or invite the bot.'),
  not_in_channel: later('The bot is not a member of the channel. Invite it there: /invite and its name.'),
  is_archived: later('The channel is archived. Choose another in the rule.'),
  restricted_action: later('The workspace does not let this bot post there. A workspace admin can allow it.'),
  restricted_action_read_only_channel: later('The channel is read-only for this bot. Choose another in the rule.'),
  msg_too_long: later('The message is too long. Shorten the rule’s own text.'),
  no_text: later('The message is empty. Write a text in the rule.'),
  invalid_blocks: later('Slack cannot lay this message out.'),
  ekm_access_denied: later('The workspace’s administrators have suspended posting.'),
  team_access_not_granted: later('The bot is not granted access to this workspace. A workspace admin can grant it.'),
};
/** What Slack says when it is not well itself. */
const PASSING = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'service_unavailable',
  'request_timeout',
  'fatal_error',
  'team_added_to_org',
]);

/** A code of Slack's as what is to be done about it. */
export function judge(code: string): Refused | TryAgain | Pause {
  if (DEAD_TOKEN.has(code)) return new Pause(say('Slack refused the token ({code}). {newToken}', { code, newToken: NEW_TOKEN }));
  const cure = Object.hasOwn(CURES, code) ? CURES[code] : undefined;
  if (cure) return new Refused(`${cure} (Slack: ${code})`);
  if (PASSING.has(code)) return new TryAgain(say('Slack is not well ({code}).', { code }));
  return new TryAgain(say('Slack refused ({code}).', { code }), { most: FEW_TRIES });
}

/** Whether Slack refused with this very code. */
export const isRefusal = (error: unknown, code: string): boolean => error instanceof WebAPIPlatformError && error.data.error === code;

/** What a half answer of HTML holds in `error` is no code. */
const isCode = (text: string): boolean => /^[a-z0-9_]{1,80}$/.test(text);

function explained(error: unknown): Error {
  const cause = error instanceof WebAPIRequestError ? error.original : error;
  if (cause instanceof TryAgain) return cause;
  if (cause instanceof OutboundError) return new TryAgain(say('Slack cannot be reached: {message}', { message: cause.message }));
  if (cause instanceof WebAPIHTTPError)
    return new TryAgain(say('Slack answered with status {statusCode}.', { statusCode: cause.statusCode }));
  if (cause instanceof WebAPIPlatformError) {
    const code = String(cause.data.error);
    return isCode(code) ? judge(code) : new TryAgain(say('Slack’s answer could not be read.'));
  }
  return new TryAgain(say('Slack could not be asked.'));
}

const nothing = (): void => undefined;
/** Whatever matters is in the outcome; the library's own lines would hold channels and texts. */
const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

function clientOf(token: string, { outbound, slackApiUrl }: ProviderTools): WebClient {
  const guarded: FetchFunction = async (url, { headers, body, signal } = {}) => {
    if (typeof body !== 'string') throw new TypeError('only forms are sent to Slack');
    const answer = await outbound.request(url, { method: 'POST', largest: LARGEST, body, signal, ...(headers && { headers }) });
    if (answer.status === 429) throw asksForPause('Slack', holdOf(answer.headers.get('retry-after')));
    return answer;
  };
  return new WebClient(token, {
    slackApiUrl,
    timeout: TIMEOUT,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: silent,
    fetch: guarded,
  });
}

/**
 * Asks Slack once, through the guarded way out.
 * @throws Refused, TryAgain or Pause, by Slack's codes (https://docs.slack.dev/reference/methods/chat.postMessage#errors)
 */
export async function slack<T>(token: string, tools: ProviderTools, question: (client: WebClient) => Promise<T>): Promise<T> {
  try {
    return await question(clientOf(token, tools));
  } catch (error) {
    throw explained(error);
  }
}
