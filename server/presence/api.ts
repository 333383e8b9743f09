import { getPresence } from '#contract/presence.ts';
import { Encoded } from '../platform/http/encoded.ts';
import { type Route, route } from '../platform/http/route.ts';
import { readRoster } from './read-roster.ts';

export const presenceRoutes: readonly Route[] = [
  route(getPresence, 'presence.view', {}, async ({ tools: { roster, redis } }) => {
    if (!roster) return readRoster(redis);
    const version = roster.version(); // before the text: one that is newer than its tag is asked for again, one that is older would stay
    return new Encoded(roster.text(), version);
  }),
];
