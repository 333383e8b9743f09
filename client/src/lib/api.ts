import type { Endpoints } from '#contract/api.ts';
import { BY_ITSELF } from '#contract/headers.ts';
import type { ProblemCode, ProblemDocument } from '#contract/problems.ts';
import { late } from './late.ts';
import { ApiProblem, NoAnswer } from './problem.ts';
import { language } from './words/en/language.ts';

/** `'POST /invitations/:id/resend'`: every endpoint there is. */
export type Route = keyof Endpoints;
export type Result<R extends Route> = Endpoints[R]['result'];

type Part<Name extends string, T> = [T] extends [undefined]
  ? { [N in Name]?: never }
  : keyof T extends never
    ? { [N in Name]?: never }
    : Partial<T> extends T
      ? { [N in Name]?: T }
      : { [N in Name]: T };
/** What an endpoint asks for: `params`, `query` and `body`, each required where the contract requires something in it. */
export type Input<R extends Route> = Part<'params', Endpoints[R]['params']> &
  Part<'query', Endpoints[R]['query']> &
  Part<'body', Endpoints[R]['body']>;
type Rest<R extends Route> = Partial<Input<R>> extends Input<R> ? [input?: Input<R>] : [input: Input<R>];

interface Loose {
  params?: Record<string, string> | undefined;
  query?: Record<string, unknown> | undefined;
  /** Sent as JSON; bytes as they are. */
  body?: unknown;
}

let whenSignedOut: ((problem: ApiProblem) => void) | undefined;
/** Where a request leads that is answered "signed out", beyond its own failure. Public pages set nothing. */
export function onSignedOut(follow: ((problem: ApiProblem) => void) | undefined): void {
  whenSignedOut = follow;
}

let askWhoItIs: (() => Promise<boolean>) | undefined;
/** What asks for a proof of who it is when a request is answered that one is needed; it says whether one was given. */
export function onConfirmationNeeded(ask: (() => Promise<boolean>) | undefined): void {
  askWhoItIs = ask;
}

let isAttended = (): boolean => true;
/** What knows whether somebody is at the page: what it asks for meanwhile prolongs no login session. Public pages set nothing. */
export function askWhetherAttended(knows: () => boolean = () => true): void {
  isAttended = knows;
}

/**
 * Calls an endpoint. What asks for a fresh proof of who it is gets it, and is sent once more. Throws `ApiProblem` when the server
 * refuses, `NoAnswer` when there is none.
 */
export async function call<R extends Route>(route: R, ...[input]: Rest<R>): Promise<Result<R>> {
  try {
    return await send(route, input);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.code !== 'signed_out' && LEADS_OUT.has(error.code)) whenSignedOut?.(error);
    if (!(await isWorthAnother(error))) throw error;
  }
  try {
    return await send(route, input);
  } catch (error) {
    if (error instanceof ApiProblem && LEADS_OUT.has(error.code)) whenSignedOut?.(error);
    throw error;
  }
}
/** Over, or something is wanted first: nothing that stands on the page can go on. */
const LEADS_OUT = new Set<ProblemCode>(['signed_out', 'second_factor_needed', 'second_factor_missing', 'password_change_needed']);

const ANSWERED = 'answered-at';
const SHARED_EVERY_MS = 10_000;
let answeredAt = Date.now();

/** Somebody at this tab, or at another of this browser, has just been answered: the session is in use. */
function noteAnswer(): void {
  const before = answeredAt;
  answeredAt = Date.now();
  if (answeredAt - before < SHARED_EVERY_MS) return;
  try {
    localStorage.setItem(ANSWERED, String(answeredAt));
  } catch {
    // Then each tab counts for itself.
  }
}

/** When the server last answered somebody at this browser, in ms. */
export function lastAnswer(): number {
  try {
    return Math.max(answeredAt, Number(localStorage.getItem(ANSWERED)));
  } catch {
    return answeredAt;
  }
}

/** The proof under way, which gives the session a new cookie. */
let renewal: Promise<unknown> = Promise.resolve();

/** A request may have left with the cookie that a proof, here or in another tab, has just replaced: once, it is sent with the new one. */
async function isWorthAnother({ code }: ApiProblem): Promise<boolean> {
  if (code === 'confirmation_needed') return (await askWhoItIs?.()) ?? false;
  await renewal;
  return code === 'signed_out' && whenSignedOut !== undefined;
}

function send<R extends Route>(route: R, input: Loose | undefined): Promise<Result<R>> {
  const answer = request<R>(route, input);
  if (route === 'POST /session/confirm') renewal = answer.catch(() => undefined);
  return answer;
}

async function request<R extends Route>(route: R, input: Loose | undefined): Promise<Result<R>> {
  const { method, address } = locate(route, input);
  const body = input?.body;
  const byItself = !isAttended();
  const answer = await fetch(address, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'accept-language': language,
      ...(body !== undefined && { 'content-type': typeOf(body) }),
      ...(byItself && { [BY_ITSELF]: '1' }),
    },
    ...(body !== undefined && { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new NoAnswer({ cause });
  });
  if (answer.ok && !byItself) noteAnswer();
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as Result<R>;
  throw new ApiProblem(await documentOf(answer));
}

/** Of the files that are sent, each kind by its first byte; what it really is the server finds out. */
const FILES: Record<number, string> = { 0x89: 'image/png', 0xff: 'image/jpeg', 0x52: 'image/webp' };
const typeOf = (body: unknown): string =>
  body instanceof Uint8Array ? (FILES[body[0] ?? 0] ?? 'application/octet-stream') : 'application/json';

/**
 * Reads, and takes the answer that lies in the page if there is one: the server writes the first data of a page into it.
 * Each is used once, since it is only as young as the page.
 */
export async function read<R extends Extract<Route, `GET ${string}`>>(route: R, ...rest: Rest<R>): Promise<Result<R>> {
  const { address } = locate(route, rest[0]);
  const first = inlined();
  if (first.has(address)) {
    const answer = first.get(address) as Result<R>;
    first.delete(address);
    return answer;
  }
  return call(route, ...rest);
}

let firstData: Map<string, unknown> | undefined;
function inlined(): Map<string, unknown> {
  firstData ??= new Map(Object.entries(JSON.parse(document.getElementById('first')?.textContent ?? '{}') as Record<string, unknown>));
  return firstData;
}

function locate(route: string, input: Loose | undefined): { method: string; address: string } {
  const [method = '', path = ''] = route.split(' ');
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(input?.params?.[name] ?? ''));
  const asked = Object.entries(input?.query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString();
  return { method, address: `/api${filled}${query && `?${query}`}` };
}

/** A proxy in between may answer with a page of its own: that is no problem document, and no fault of the person's. */
async function documentOf(answer: Response): Promise<ProblemDocument> {
  const said: unknown = await answer.json().catch(() => undefined);
  if (isProblem(said)) return said;
  const code =
    answer.status === 404
      ? 'not_found'
      : answer.status === 429
        ? 'too_many_requests'
        : answer.status >= 500
          ? 'unavailable'
          : 'bad_request';
  // our own server says the sentence itself, so that the list of them all is seldom needed
  const { problemTitles } = await late(import('#contract/words/en/problems.ts'));
  return { type: 'about:blank', code, title: problemTitles[code], status: answer.status, requestId: '' };
}

const isProblem = (said: unknown): said is ProblemDocument =>
  typeof said === 'object' &&
  said !== null &&
  'code' in said &&
  typeof said.code === 'string' &&
  'title' in said &&
  typeof said.title === 'string' &&
  'requestId' in said;
