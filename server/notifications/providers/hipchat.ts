import { z } from 'zod';
import { hipChat } from './_hipchat-api.ts';
import { COLORS, hipChatMessage, hipChatShown } from './_hipchat-message.ts';
import { type Choices, Pause, type ProviderTools, Refused, type Step, TryAgain, provider } from './_provider.ts';
import { later, say } from '../../words/say.ts';

const word = (most: number) => z.string().trim().min(1).max(most);

const settings = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: later('An address such as https://hipchat.example.org.') })
    .transform(address => address.replace(/\/+(v2\/*)?$/, ''))
    .meta({
      title: later('API URL'),
      description: later('Such as https://hipchat.example.org. The public service ended in 2019. Another address needs the token anew.'),
    }),
  token: word(200).meta({
    title: later('API token'),
    description: later('With the scopes send_notification and view_group.'),
    secret: true,
  }),
  room: word(100)
    .optional()
    .meta({ title: later('The token’s room'), description: later('Only for a token that was made for one room.') }),
});
const target = z.strictObject({
  room: word(100).meta({
    title: later('Room'),
    description: later('By its id, so that renaming the room changes nothing; or by its name.'),
    choices: true,
  }),
  color: z
    .enum(COLORS)
    .default('yellow')
    .meta({ title: later('Colour') }),
  notify: z
    .boolean()
    .default(false)
    .meta({ title: later('Make the room’s people look') }),
  format: z
    .enum(['html', 'text'])
    .default('html')
    .meta({ title: later('Format'), description: later('For clients that show no cards.') }),
});
type Settings = z.output<typeof settings>;

const PAGE = 100;
/** Of a large server the first two thousand rooms are looked through; a longer search would outlast patience. */
const PAGES = 20;
const MOST_CHOICES = 50;
const roomPage = z.object({
  items: z.array(z.object({ id: z.union([z.int(), z.string()]), name: z.string() })),
  links: z.object({ next: z.string().optional() }).optional(),
});
const roomPath = (room: string): string => `/room/${encodeURIComponent(room)}`;

async function readable<T>(schema: z.ZodType<T>, answer: Response): Promise<T> {
  const { data } = schema.safeParse(await answer.json().catch(() => undefined));
  if (data === undefined) throw new TryAgain(say('HipChat’s answer could not be read.'));
  return data;
}

async function roomChoices({ room, ...server }: Settings, search: string, tools: ProviderTools): Promise<Choices> {
  if (room !== undefined) return { items: [{ value: room, label: room }], more: false };
  const wanted = search.toLowerCase();
  const items: Choices['items'] = [];
  for (let page = 0; page < PAGES; page++) {
    const answer = await hipChat(server, tools, `/room?start-index=${page * PAGE}&max-results=${PAGE}`);
    const { items: rooms, links } = await readable(roomPage, answer);
    for (const { id, name } of rooms.filter(room => room.name.toLowerCase().includes(wanted))) {
      if (items.length === MOST_CHOICES) return { items, more: true };
      items.push({ value: String(id), label: name });
    }
    if (links?.next === undefined) return { items, more: false };
  }
  return { items, more: true };
}

/** Asks whether the token may do what it is for: HipChat answers that without doing it. */
async function check({ room, ...server }: Settings, tools: ProviderTools): Promise<Step[]> {
  const reach = (state: Step['state'], detail: string): Step => ({ label: say('Reach the server'), state, detail });
  const accept = (state: Step['state'], detail: string): Step => ({ label: say('Token'), state, detail });
  try {
    if (room === undefined) await hipChat(server, tools, '/room?auth_test=true');
    else await hipChat(server, tools, `${roomPath(room)}/notification?auth_test=true`, { message: 'auth_test' });
    return [
      reach('ok', say('{host} answered.', { host: new URL(server.url).host })),
      accept('ok', room === undefined ? say('Taken. It may list rooms.') : say('Taken for {room}.', { room })),
    ];
  } catch (error) {
    if (error instanceof TryAgain) return [reach('bad', error.message), accept('idle', say('Not tried.'))];
    if (error instanceof Refused || error instanceof Pause) {
      const { message: reason } = error;
      const why =
        error instanceof Pause && room === undefined ? say('{reason} If it was made for one room, name the room.', { reason }) : reason;
      return [reach('ok', say('{host} answered.', { host: new URL(server.url).host })), accept('bad', why)];
    }
    throw error;
  }
}

export default provider({
  id: 'hipchat',
  label: 'HipChat',
  description: later('The public service ended in 2019. This works with a server of your own, or anything that speaks its API.'),
  settings,
  target,
  sentTo: ({ url }) => String(url),
  check,
  choices: { room: roomChoices },
  describe: async ({ room }, stored, tools) => {
    if (!stored) return room;
    if (stored.room !== undefined) {
      if (room !== stored.room) throw new Refused(say('The token is for {room} only.', { room: stored.room }));
      return room;
    }
    const { name } = await readable(z.object({ name: z.string() }), await hipChat(stored, tools, roomPath(room)));
    return name;
  },
  show: (message, looks) => hipChatShown(message, looks),
  send: async (message, server, { room, ...looks }, tools) => {
    const { status } = await hipChat(server, tools, `${roomPath(room)}/notification`, hipChatMessage(message, looks));
    return `status ${status}`;
  },
});
