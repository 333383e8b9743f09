import type { EntityManager } from '@mikro-orm/postgresql';
import type { Context } from 'koa';
import type { z } from 'zod';
import type { Endpoint, Method, Params } from '#contract/endpoint.ts';
import type { RecordableType } from '#contract/events.ts';
import type { Want } from '#contract/factors.ts';
import type { Permission } from '#contract/permissions.ts';
import type { Actor } from '../actor.ts';
import type { ServerTools } from '../tools.ts';
import type { Download } from './download.ts';
import type { Encoded } from './encoded.ts';
import type { Picture } from './picture.ts';
import type { LimitName } from './limits.ts';

/** `public`: anybody. `known`: any person and any API key. `signed-in`: any person, but no key. A permission: whoever holds it; a key only where it is a scope. */
export type Needs = 'public' | 'known' | 'signed-in' | Permission;

export interface Call<P, Q, B> {
  /** Of this request alone. */
  em: EntityManager;
  actor: Actor;
  params: P;
  query: Q;
  body: B;
  ctx: Context;
  tools: ServerTools;
}

interface Reading {
  limit?: LimitName;
  /** Asks for a proof of who it is, unless one was given within the last ten minutes. No API key can give one. */
  confirmed?: true;
  /** Open also to people who are half signed in, while one of these is still wanted of them. */
  despite?: readonly Want[];
}
interface Changing extends Reading {
  /** What a success may write into the activity log; an unsafe route that writes nothing says so with the reason. */
  records: readonly (RecordableType | 'business events')[] | { nothing: string };
}
type Options<M extends Method> = M extends 'GET' ? Reading : Changing;

/** An endpoint with who may use it and what it does. */
export interface Route {
  endpoint: Endpoint;
  needs: Needs;
  limit: LimitName | undefined;
  confirmed: boolean;
  despite: readonly Want[];
  records: Changing['records'] | undefined;
  handle: (call: Call<never, never, never>) => Promise<unknown>;
}

/**
 * Binds an endpoint to its handler. `needs` has no default: a route that forgets who may use it does not compile.
 * @param options `limit`: a rate limit of its own beside the general one; `confirmed`: a dangerous act; `despite`: what may still be
 * wanted of who uses it; `records`: the events a success writes (unsafe methods).
 */
export function route<M extends Method, P extends string, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<M, P, Q, B, R>,
  needs: Needs,
  options: Options<M>,
  handle: (
    call: Call<Params<P>, z.output<Q>, z.output<B>>,
  ) => Promise<z.output<R> | Encoded | (R extends z.ZodUndefined ? void | Download | Picture : never)>,
): Route {
  const { limit, confirmed, despite = [], records }: Partial<Changing> = options;
  return { endpoint, needs, limit, confirmed: confirmed === true, despite, records, handle: handle };
}
