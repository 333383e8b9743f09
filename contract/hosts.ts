import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, moment, name } from './shared.ts';

/** How often a host can be looked at, in seconds. */
export const CHECK_EVERY = [30, 60, 300] as const;
const HOST_AND_PORT = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?):([1-9]\d{0,4})$/i;

function isTarget(text: string): boolean {
  if (!/^https?:/i.test(text)) {
    const port = HOST_AND_PORT.exec(text)?.[1];
    return port !== undefined && Number(port) <= 65_535;
  }
  const url = URL.parse(text);
  return url !== null && url.username === '' && url.password === '';
}

const target = z
  .string()
  .trim()
  .max(300)
  .refine(isTarget, 'Write an address such as https://shop.example.com/health, or a host and port such as db.example.com:5432.');
const expectedStatus = z.int().min(100).max(599);
const within = z.int('A number of milliseconds.').min(100, 'At least 100 ms.').max(10_000, 'At most 10,000 ms.');
const everySeconds = z.coerce.number().pipe(z.literal(CHECK_EVERY));
const steady = z.int('A whole number from 1 to 10.').min(1, 'From 1 to 10.').max(10, 'From 1 to 10.');

export const hostView = z.object({
  id,
  name: z.string(),
  /** `https://…` or `http://…`: asked over HTTP. `host:port`: connected to. */
  target: z.string(),
  /** The status that counts as well; of no meaning for a port. */
  expectedStatus: z.int(),
  /** An answer that takes longer, in ms, counts as none. */
  within: z.int(),
  everySeconds: z.int(),
  /** So many checks in a row have to agree before it counts as down, or as back. */
  steady: z.int(),
  state: z.enum(['unknown', 'up', 'down']),
  /** Since when it is so. */
  since: moment.nullable(),
  last: z
    .object({ at: moment, ms: z.int(), /** Why it counts as a failure; null: it does not. */ reason: z.string().nullable() })
    .nullable(),
  version: z.int(),
});
export type HostView = z.infer<typeof hostView>;

export const listHosts = endpoint('GET', '/hosts', 'The hosts that are watched, and how each is.', {
  result: z.object({
    items: z.array(hostView),
    /** Private networks that may be watched (CIDR, with commas between them). */ networks: z.string(),
  }),
});
export const addHost = endpoint('POST', '/hosts', 'Watches another host.', {
  body: z.strictObject({
    name,
    target,
    expectedStatus: expectedStatus.default(200),
    within: within.default(5000),
    everySeconds: everySeconds.default(60),
    steady: steady.default(3),
  }),
  result: hostView,
  status: 201,
});
export const editHost = endpoint('PATCH', '/hosts/:id', 'Changes what is watched; a version that is no longer the newest is a conflict.', {
  body: z.strictObject({
    version: z.int(),
    name: name.optional(),
    target: target.optional(),
    expectedStatus: expectedStatus.optional(),
    within: within.optional(),
    everySeconds: everySeconds.optional(),
    steady: steady.optional(),
  }),
  result: hostView,
});
export const deleteHost = endpoint('DELETE', '/hosts/:id', 'Watches a host no longer, and forgets its history.');
export const testHost = endpoint('POST', '/hosts/test', 'Looks at a host once, without watching it.', {
  body: z.strictObject({ target, expectedStatus: expectedStatus.default(200), within: within.default(5000) }),
  result: z.object({ ms: z.int(), /** null: it is well. */ reason: z.string().nullable() }),
});

export const hostHistory = z.object({
  /** The last 24 hours, each by itself; those without a check are left out. */
  hours: z.array(
    z.object({ at: moment, checks: z.int(), failed: z.int(), /** On average, of those that did not fail. */ ms: z.int().nullable() }),
  ),
  /** The latest times it was down, newest first. */
  outages: z.array(z.object({ from: moment, to: moment.nullable(), reason: z.string() })),
});
export type HostHistory = z.infer<typeof hostHistory>;
export const getHostHistory = endpoint('GET', '/hosts/:id/history', 'How a host was, for as long as it is kept.', { result: hostHistory });

export const chooseNetworks = endpoint(
  'PUT',
  '/hosts/networks',
  'Says which private networks may be watched. This machine and link-local addresses never may, unless the operator allows them.',
  {
    body: z.strictObject({
      /** CIDR, with commas between them: `10.0.0.0/8, fd00::/8`. */
      networks: z.string().trim().max(500),
    }),
    result: z.object({ networks: z.string() }),
  },
);
