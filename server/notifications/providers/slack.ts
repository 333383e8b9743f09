import type { ConversationsListResponse, WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type Choices, Pause, type ProviderTools, Refused, type Step, TryAgain, provider } from './_provider.ts';
import { isRefusal, slack } from './_slack-api.ts';
import { slackMessage, slackShown } from './_slack-message.ts';
import { later, say } from '../../words/say.ts';

const settings = z.strictObject({
  token: z
    .string()
    .trim()
    .regex(/^xox[bp]-[\w-]{8,250}$/, later('A bot token begins with xoxb-.'))
    .meta({
      title: later('Bot token'),
      description: later(
        'From your Slack app, under OAuth & Permissions. Scopes: chat:write and channels:read; groups:read for private channels.',
      ),
      secret: true,
    }),
});
const target = z.strictObject({
  channel: z
    .string()
    .trim()
    .regex(/^[CGD][A-Z0-9]{2,30}$/, later('A channel’s id, such as C0123456789.'))
    .meta({ title: later('Channel'), description: later('By its id, so that renaming the channel changes nothing.'), choices: true }),
});

const PAGE = 200;
/** Of a large workspace the first two thousand channels are looked through; a longer search would outlast patience. */
const PAGES = 10;
const MOST_CHOICES = 50;

/** A page of channels, of private ones too where the bot may see those: that is a scope of its own. */
async function channelPage(client: WebClient, cursor: string | undefined): Promise<ConversationsListResponse> {
  const asked = { limit: PAGE, exclude_archived: true, ...(cursor ? { cursor } : {}) };
  try {
    return await client.conversations.list({ ...asked, types: 'public_channel,private_channel' });
  } catch (error) {
    if (!isRefusal(error, 'missing_scope')) throw error;
    return client.conversations.list({ ...asked, types: 'public_channel' });
  }
}

async function* channels(client: WebClient): AsyncGenerator<{ id: string; name: string; isMember: boolean } | 'more'> {
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const answer = await channelPage(client, cursor);
    for (const { id, name, is_member: isMember = false } of answer.channels ?? []) if (id && name) yield { id, name, isMember };
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) return;
  }
  yield 'more';
}

async function channelChoices(token: string, search: string, tools: ProviderTools): Promise<Choices> {
  const wanted = search.replace(/^#/, '').toLowerCase();
  return slack(token, tools, async client => {
    const items: Choices['items'] = [];
    for await (const channel of channels(client)) {
      if (channel === 'more') return { items, more: true };
      if (!channel.name.toLowerCase().includes(wanted)) continue;
      if (items.length === MOST_CHOICES) return { items, more: true };
      items.push({
        value: channel.id,
        label: `#${channel.name}`,
        ...(channel.isMember ? {} : { note: say('Not a member: invite the bot') }),
      });
    }
    return { items, more: false };
  });
}

/** Asks who the token is, which tells whether Slack can be reached, whether it takes the token, and what the token may. */
async function check(token: string, tools: ProviderTools): Promise<Step[]> {
  const reach = (state: Step['state'], detail: string): Step => ({ label: say('Reach Slack'), state, detail });
  const accept = (state: Step['state'], detail: string): Step => ({ label: say('Token'), state, detail });
  const scope = (state: Step['state'], detail: string): Step => ({ label: say('Permission to post'), state, detail });
  try {
    const { team, user, response_metadata: metadata } = await slack(token, tools, client => client.auth.test());
    const scopes = metadata?.scopes;
    const mayPost = scopes === undefined || scopes.includes('chat:write');
    return [
      reach('ok', say('Slack answered.')),
      accept('ok', say('Signed in to {team} as {user}.', { team: team ?? 'the workspace', user: user ?? 'the bot' })),
      mayPost
        ? scope('ok', say('The bot may post.'))
        : scope(
            'bad',
            say('The bot lacks the scope chat:write. Add it in the app’s settings, install the app anew, and paste the new token.'),
          ),
    ];
  } catch (error) {
    if (error instanceof TryAgain)
      return [reach('bad', error.message), accept('idle', say('Not tried.')), scope('idle', say('Not tried.'))];
    if (error instanceof Refused || error instanceof Pause)
      return [reach('ok', say('Slack answered.')), accept('bad', error.message), scope('idle', say('Not tried.'))];
    throw error;
  }
}

export default provider({
  id: 'slack',
  label: 'Slack',
  description: later('Posts to channels of one Slack workspace.'),
  settings,
  target,
  sentTo: () => 'slack',
  check: ({ token }, tools) => check(token, tools),
  choices: { channel: ({ token }, search, tools) => channelChoices(token, search, tools) },
  describe: async ({ channel }, stored, tools) => {
    if (!stored) return channel;
    const answer = await slack(stored.token, tools, client => client.conversations.info({ channel }));
    return answer.channel?.name ? `#${answer.channel.name}` : channel;
  },
  show: message => slackShown(message),
  send: async (message, { token }, { channel }, tools) => {
    const { channel: where, ts } = await slack(token, tools, client => client.chat.postMessage(slackMessage(message, channel)));
    return `ok, channel ${where ?? channel}, ts ${ts ?? 'not given'}`;
  },
});
