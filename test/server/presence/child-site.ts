/** A server process of its own, to be killed: opens a site on the Redis it is given, with these sessions, and says where it listens. */
import { Sessions, openSite } from '../live/site.ts';

const [redisUrl = '', prefix = '', timing = '{}', given = '[]'] = process.argv.slice(2);
const sessions = new Sessions();
const ids = (JSON.parse(given) as string[]).map(adminId => sessions.open({ adminId }));
const site = await openSite(redisUrl, sessions, { prefix, timing: JSON.parse(timing) as object });
process.send?.({ url: site.url, sessions: ids });
