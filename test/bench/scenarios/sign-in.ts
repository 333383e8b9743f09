import { randomBytes } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Admin } from '#server/admins/Admin.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import { Invitation } from '#server/invitations/Invitation.ts';
import { Secrets } from '#server/platform/secrets.ts';
import { ownShare } from '../process/own-share.ts';
import { type Product, startProduct } from '../product/product.ts';
import type { Bench, Measure, Sample, Scenario, Stage, Variant } from '../scenario.ts';
import { median } from '../verdict.ts';

const TRIES = { quick: 30, full: 100 } as const; // per burst
/** Names to one kind per try of a burst: none is tried so often that the limit answers instead of the password. */
const NAMES = 2;
const HOUR = 3_600_000;

const KINDS = ['known', 'unknown', 'disabled', 'invited'] as const;
type Kind = (typeof KINDS)[number];
type Names = Record<Kind, string[]>;

const some = (count: number): string[] => Array.from({ length: count }, () => `n${randomBytes(6).toString('hex')}`);
const emailOf = (name: string): string => `${name}@example.com`;

/** Accounts that can sign in, disabled ones, and addresses that are only invited; all with emails of the same length. */
async function furnish(orm: MikroORM, secretKey: string, count: number): Promise<Names> {
  const em = orm.em.fork();
  const passwordHash = await hashPassword(new Secrets(Buffer.from(secretKey, 'base64')), 'a password that nobody tries');
  const account = (username: string, disabledAt: Date | null): Admin =>
    em.create(Admin, { username, email: emailOf(username), firstName: 'Person', lastName: username, passwordHash, disabledAt });
  const names: Names = { known: some(count), unknown: some(count), disabled: some(count), invited: some(count) };
  const [first, ...others] = names.known.map(name => account(name, null));
  if (!first) throw new Error('A burst needs at least one name.');
  for (const name of names.disabled) account(name, new Date());
  for (const name of names.invited)
    em.create(Invitation, {
      email: emailOf(name),
      invitedBy: first,
      nonce: randomBytes(32),
      tokenHash: randomBytes(32),
      expiresAt: new Date(Date.now() + HOUR),
    });
  void others;
  await em.flush();
  return names;
}

let places = 0;
/** Each try comes from elsewhere, so that no limit of a place answers. */
const elsewhere = (): string => `10.${(++places >> 16) & 255}.${(places >> 8) & 255}.${places & 255}`;

/** One wrong sign-in. @returns ms until it was answered */
async function guess({ url }: Product, login: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, 'x-forwarded-for': elsewhere() },
    body: JSON.stringify({ login, password: 'not the password of anybody' }),
  });
  await answer.arrayBuffer();
  const took = performance.now() - began;
  if (answer.status !== 401) throw new Error(`A wrong sign-in was answered ${answer.status}.`);
  return took;
}

function variantOf(kind: Kind, product: Product, logins: readonly string[], tries: number, times: number[]): Variant {
  let turn = 0;
  const burst = async (): Promise<Sample> => {
    const took: number[] = [];
    const generatorShare = await ownShare(product.server, async () => {
      for (let i = 0; i < tries; i++) took.push(await guess(product, logins[turn++ % logins.length] ?? ''));
    });
    times.push(...took);
    return { generatorShare, answered: median(took) };
  };
  return { name: kind, burst };
}

async function up(bench: Bench): Promise<Stage> {
  const tries = bench.quick ? TRIES.quick : TRIES.full;
  const product = await startProduct({ redisUrl: bench.stores.redisUrl }, bench);
  const names = await furnish(product.orm, product.env['SECRET_KEY'] ?? '', tries * NAMES);
  const times = new Map<Kind, number[]>(KINDS.map(kind => [kind, []]));
  const [ours, ...baselines] = KINDS.map(kind => variantOf(kind, product, names[kind].map(emailOf), tries, times.get(kind) ?? []));
  if (!ours) throw new Error('There is nothing to compare.');
  const count = (): Promise<Record<string, number>> => {
    const medians = [...times.values()].map(median);
    return Promise.resolve({ apart: Math.max(...medians) - Math.min(...medians) });
  };
  return { ours, baselines, count };
}

const beside = (baseline: Kind): Measure => ({
  kind: 'timed',
  measure: `wrong sign-in ms, known over ${baseline}`,
  figure: 'answered',
  baseline,
  goal: '<=1.05',
  gate: '<=1.25',
});
const measures: readonly Measure[] = [
  beside('unknown'),
  beside('disabled'),
  beside('invited'),
  { kind: 'count', measure: 'medians of all four apart, ms', figure: 'apart', goal: '<=2', gate: '<=5' },
];

/** Whether the time of an answer tells who has an account: the same wrong sign-in, with names that differ in what they are. */
const signIn: Scenario = { name: 'sign-in', bound: 180_000, measures, up };
export default signIn;
