import Router from '@koa/router';
import type { Context } from 'koa';
import type { Endpoint, Method } from '#contract/endpoint.ts';
import type { Want } from '#contract/factors.ts';
import { type Permission, SCOPES } from '#contract/permissions.ts';
import type { ProblemCode } from '#contract/problems.ts';
import type { Actor } from '../actor.ts';
import { Problem } from '../problem.ts';
import type { ServerTools } from '../tools.ts';
import { say, speak } from '../../words/say.ts';
import { USUAL_LIMIT, hasBody, readFile, readJson } from './body.ts';
import { clientAddress } from './client-address.ts';
import { demandConfirmed } from './confirmed.ts';
import { Download } from './download.ts';
import { Encoded } from './encoded.ts';
import { problemOf } from './failures.ts';
import { refuseForeignOrigin, refuseTwoNames } from './origin.ts';
import { languageAsked } from './language.ts';
import { isNamed, parseBody, parseParams, parseQuery } from './parse.ts';
import { Picture } from './picture.ts';
import type { Route } from './route.ts';

const isScope = (permission: Permission): boolean => (SCOPES as readonly string[]).includes(permission);

const STILL_WANTED: Record<Want, ProblemCode> = {
  'second-factor': 'second_factor_needed',
  'new-password': 'password_change_needed',
  enrol: 'second_factor_missing',
};
/** Whoever is half signed in passes where the route says so, and nowhere else. */
function refuseHalfSignedIn({ despite }: Route, { wants }: Actor): void {
  if (wants !== undefined && !despite.includes(wants)) throw new Problem(STILL_WANTED[wants]);
}

/** Lets by who may; says what is missing and who could change that otherwise. */
async function authorize(route: Route, actor: Actor, tools: ServerTools): Promise<void> {
  const { needs, endpoint } = route;
  if (needs === 'public' || needs === 'known') return; // a stranger was turned away before, where nobody but the known may come
  if (needs === 'signed-in') {
    if (actor.kind !== 'admin') throw new Problem('forbidden', { detail: say('This is for people who are signed in, not for API keys.') });
    return;
  }
  if (actor.permissions.has(needs) && (actor.kind === 'admin' || isScope(needs))) return;
  const em = tools.orm.em.fork();
  await tools.onDenied(em, actor, needs, `${endpoint.method} ${endpoint.path}`);
  throw new Problem('forbidden', { missing: await tools.explainDenial(em, needs, actor) });
}

/** Whether the caller holds this very version. Koa's `fresh` would give way to the `no-cache` that fetch() sends beside a tag of the caller's own. */
function isKnown(ctx: Context): boolean {
  const etag = ctx.response.get('etag') || ''; // undefined where none is set, whatever its type says
  return (
    etag !== '' &&
    ctx
      .get('if-none-match')
      .split(/\s*,\s*/)
      .some(tag => tag.replace(/^W\//, '') === etag.replace(/^W\//, ''))
  );
}

/** Whatever a picture might be taken for, it can do nothing: it is no page, and loads and runs nothing. */
function answerPicture(ctx: Context, { bytes, etag, lasting }: Picture): void {
  ctx.etag = etag;
  ctx.set('cache-control', lasting ? 'private, max-age=31536000, immutable' : 'private, no-cache');
  ctx.set('content-security-policy', "default-src 'none'; sandbox");
  ctx.type = 'image/webp';
  if (isKnown(ctx)) ctx.status = 304;
  else ctx.body = bytes;
}

function answer(ctx: Context, route: Route, result: unknown, tools: ServerTools): void {
  const { endpoint } = route;
  if (result instanceof Download) {
    ctx.type = `${result.type}; charset=utf-8; header=present`;
    ctx.set('content-disposition', `attachment; filename="${result.name}"`);
    ctx.body = result.body;
    return;
  }
  if (result instanceof Picture) {
    answerPicture(ctx, result);
    return;
  }
  if (result instanceof Encoded) {
    ctx.etag = result.etag;
    ctx.set('cache-control', 'private, no-cache');
  } else if (!endpoint.result) {
    ctx.status = 204;
    return;
  }
  ctx.status = endpoint.status ?? 200;
  if (ctx.method === 'GET' && isKnown(ctx)) {
    ctx.status = 304;
    return;
  }
  ctx.type = 'application/json';
  ctx.body = textOf(route, result, tools);
}

function textOf({ endpoint }: Route, result: unknown, tools: ServerTools): string {
  const text = result instanceof Encoded ? result.json : JSON.stringify(result);
  if (tools.checkAnswers) endpoint.result?.parse(JSON.parse(text));
  return text;
}

/** Who asks, after all that must hold before a route is run. */
async function admit(ctx: Context, route: Route, tools: ServerTools): Promise<Actor> {
  const address = clientAddress(ctx.req, tools.trustedProxies);
  const requestId = String(ctx.state['requestId']);
  const anonymous: Actor = { kind: 'anonymous', name: 'Somebody', permissions: new Set(), superadmin: false, address, requestId };
  const actor = route.needs === 'public' ? anonymous : await tools.identify(ctx.req, address, requestId);
  await tools.limits.take(route.endpoint.answers === 'image/webp' ? 'picture' : 'api', actor.sessionId ?? actor.id ?? address);
  speak(actor.language ?? languageAsked(ctx) ?? (await tools.houseLanguage()));
  refuseHalfSignedIn(route, actor);
  await authorize(route, actor, tools);
  if (route.confirmed) demandConfirmed(actor);
  if (route.limit) await tools.limits.take(route.limit, actor.id ?? address);
  return actor;
}

async function bodyOf(ctx: Context, endpoint: Endpoint): Promise<unknown> {
  const { body, takes, bodyLimit = USUAL_LIMIT } = endpoint;
  if (!body) return undefined;
  return takes ? readFile(ctx.req, takes, bodyLimit) : parseBody(endpoint, await readJson(ctx.req, bodyLimit));
}

/** Tells the activity log of a change that came to nothing. That this fails must not hide why the change did. */
async function note(error: unknown, { endpoint, needs }: Route, actor: Actor, id: string | undefined, tools: ServerTools): Promise<void> {
  if (endpoint.method === 'GET' || needs === 'public') return;
  const refusal = { route: `${endpoint.method} ${endpoint.path}`, problem: problemOf(error), objectId: isNamed(endpoint) ? undefined : id };
  await tools
    .onRefused(tools.orm.em.fork(), actor, refusal)
    .catch((err: unknown) => tools.log.warn({ err }, 'a refused act was not written down'));
}

async function serve(ctx: Context, route: Route, tools: ServerTools): Promise<void> {
  const { endpoint } = route;
  refuseTwoNames(ctx.req);
  if (endpoint.method !== 'GET') refuseForeignOrigin(ctx.req, tools.baseUrl);
  const actor = await admit(ctx, route, tools);
  if (!endpoint.body && endpoint.method !== 'GET' && hasBody(ctx.req))
    throw new Problem('bad_request', { detail: say('This address takes no body.') });
  const params = parseParams(endpoint, ctx['params'] as Record<string, string>);
  const query = parseQuery(endpoint.query, ctx.URL.searchParams) as never;
  const body = (await bodyOf(ctx, endpoint)) as never;
  const result = await route
    .handle({ em: tools.orm.em.fork(), actor, params: params as never, query, body, ctx, tools })
    .catch(async (error: unknown) => {
      await note(error, route, actor, params['id'], tools);
      throw error;
    });
  answer(ctx, route, result, tools);
}

/**
 * What a plain read would answer whoever asks for this page, to lie in the page. It goes by the same checks; a refusal is left for
 * the page to meet by itself.
 * @param name such as `GET /dashboard`; takes neither parameters nor query
 */
export async function answerInline(ctx: Context, name: string, routes: readonly Route[], tools: ServerTools): Promise<string | undefined> {
  const route = routes.find(({ endpoint }) => `${endpoint.method} ${endpoint.path}` === name);
  if (!route) return undefined;
  try {
    const actor = await admit(ctx, route, tools);
    const query = parseQuery(route.endpoint.query, new URLSearchParams()) as never;
    return textOf(
      route,
      await route.handle({ em: tools.orm.em.fork(), actor, params: {} as never, query, body: undefined as never, ctx, tools }),
      tools,
    );
  } catch {
    return undefined;
  }
}

const verbs = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const satisfies Record<Method, string>;

/** Puts routes under `/api`. What is checked hangs on the matched route, never on the text of the path. */
export function mount(routes: readonly Route[], tools: ServerTools): Router {
  const router = new Router({ prefix: '/api' });
  for (const route of routes) {
    router[verbs[route.endpoint.method]](`${route.endpoint.method} ${route.endpoint.path}`, route.endpoint.path, ctx =>
      serve(ctx, route, tools),
    );
  }
  return router;
}
