import type { EntityManager } from '@mikro-orm/postgresql';
import { expect } from 'vitest';
import { routes } from '#server/app.ts';
import type { Route } from '#server/platform/http/route.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import { Secrets } from '#server/platform/secrets.ts';
import { KEY, PASSWORD } from '../support/app.ts';
import { browserOf, superadmin } from '../support/people.ts';
import { test as base } from '../support/house.ts';
import { type Answer, type Knock, knock } from '../support/knock.ts';

/** So many that no limit of a person's or of a session's stops an attack half-way. */
const BOSSES = 40;

/** Full Administrators who take turns: what they send gets as far as any request can. */
export interface Insiders {
  send(request: Knock): Promise<Answer>;
}

async function insiders(em: EntityManager, url: string): Promise<Insiders> {
  const passwordHash = await hashPassword(new Secrets(Buffer.from(KEY, 'base64')), PASSWORD);
  const cookies: string[] = [];
  for (let i = 0; i < BOSSES; i++) {
    const boss = await superadmin(em);
    boss.passwordHash = passwordHash;
    cookies.push((await browserOf(em, boss, url)).cookies.get('quarterdeck') ?? '');
  }
  let turn = 0;
  return { send: request => knock(url, {}, cookies[turn++ % BOSSES] ?? '', request) };
}

export const test = base.extend('boss', { scope: 'file' }, async ({ server, orm }): Promise<Insiders> =>
  insiders(orm.em.fork(), server.url),
);

export const withBody: readonly Route[] = routes.filter(({ endpoint }) => endpoint.body !== undefined && !endpoint.takes);
export const nameOf = ({ endpoint: { method, path } }: Route): string => `${method} ${path}`;

/** Whatever is sent, the server never fails, and says so to nobody. */
export function demandNoFailure(answer: Answer, what: string): void {
  expect(answer.status, `${what}: ${answer.body.slice(0, 300)}`).toBeLessThan(500);
}
