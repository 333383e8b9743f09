import { z } from 'zod';
import { asksForPause, holdOf, holdUntil, reached } from './_answer.ts';
import { Pause, type ProviderTools, Refused, TryAgain } from './_provider.ts';
import { say } from '../../words/say.ts';

/** A page of rooms with their links is larger than other answers. */
const LARGEST = 1024 * 1024;
const FEW_TRIES = 4;
const LONGEST_REASON = 300;

const failure = z.object({ error: z.object({ message: z.string() }) });

/** The server's own reason, where it gives one as HipChat does. */
async function reasonOf(answer: Response): Promise<string> {
  const { data } = failure.safeParse(await answer.json().catch(() => undefined));
  return data ? data.error.message.slice(0, LONGEST_REASON) : `status ${answer.status}`;
}

/** How long to wait after a 429: what is said of the room counts before what is said of the token. */
function waitOf({ headers }: Response): number {
  const reset = headers.get('x-floodcontrol-remaining') === '0' ? headers.get('x-floodcontrol-reset') : headers.get('x-ratelimit-reset');
  return reset === null ? holdOf(headers.get('retry-after')) : holdUntil(reset, Date.now());
}

async function judge(answer: Response): Promise<Refused | TryAgain | Pause> {
  const { status } = answer;
  if (status === 429) return asksForPause('HipChat', waitOf(answer));
  if (status >= 500) return new TryAgain(say('HipChat is not well (status {status}).', { status }));
  if (status >= 300 && status < 400)
    return new TryAgain(
      say('The server sends us elsewhere (status {status}). Put the address that it really has in Providers.', { status }),
      {
        most: FEW_TRIES,
      },
    );
  const reason = await reasonOf(answer);
  if (status === 401) return new Pause(say('HipChat refused the token ({reason}). Paste a new one in Providers.', { reason }));
  if (status === 403)
    return new Refused(
      say('The token may not do this ({reason}). Give it the scope send_notification, and view_group for the list of rooms.', { reason }),
    );
  if (status === 404) return new Refused(say('There is no such room ({reason}). Choose another in the rule.', { reason }));
  return new Refused(say('HipChat refused: {reason}', { reason }));
}

export interface HipChat {
  url: string;
  token: string;
}

/**
 * Asks a server that speaks HipChat's API v2 once.
 * @param path below `/v2`
 * @returns an answer that is a yes
 * @throws Refused, TryAgain or Pause, with the server's own reason
 */
export async function hipChat(
  { url, token }: HipChat,
  { outbound }: Pick<ProviderTools, 'outbound'>,
  path: string,
  body?: object,
): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const answer = await reached(
    'HipChat',
    outbound.request(`${url}/v2${path}`, {
      largest: LARGEST,
      headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    }),
  );
  if (answer.ok) return answer;
  throw await judge(answer);
}
