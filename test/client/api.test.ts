import { afterEach, describe, expect, test, vi } from 'vitest';
import { askWhetherAttended, call, lastAnswer, onConfirmationNeeded, onSignedOut, read } from '#lib/api.ts';
import { BY_ITSELF } from '#contract/headers.ts';
import { ApiProblem, NoAnswer, explain } from '#lib/problem.ts';

/** The network is the edge of the page: answers are given here, requests kept. */
function answering(...answers: (() => Response)[]) {
  const asked: { method: string; address: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', (address: string, init: { method: string; body?: string }) => {
    asked.push({ method: init.method, address, body: init.body === undefined ? undefined : JSON.parse(init.body) });
    const answer = answers.shift();
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('network'));
  });
  return asked;
}
const problem = (status: number, said: object) => () =>
  Response.json({ type: 'about:blank', title: 'No.', status, requestId: 'r1', ...said }, { status });
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

afterEach(() => {
  vi.unstubAllGlobals();
  onSignedOut(undefined);
  onConfirmationNeeded(undefined);
  askWhetherAttended();
});

describe('calling the server', () => {
  test('fills the path, leaves out what was not asked and sends the body as JSON', async () => {
    const asked = answering(
      () => Response.json({ items: [], total: 0, page: 1, pageSize: 50, counts: { active: 0, invited: 0, disabled: 0 } }),
      () => new Response(null, { status: 204 }),
      () => Response.json({}),
    );
    await call('GET /admins', { query: { search: 'ana & co', role: undefined, page: 2 } });
    await call('DELETE /me/sessions/:id', { params: { id: 'a/b' } });
    await call('POST /session', { body: { login: 'ana', password: 'secret' } });
    expect(asked).toEqual([
      { method: 'GET', address: '/api/admins?search=ana+%26+co&page=2', body: undefined },
      { method: 'DELETE', address: '/api/me/sessions/a%2Fb', body: undefined },
      { method: 'POST', address: '/api/session', body: { login: 'ana', password: 'secret' } },
    ]);
  });

  test('a refusal carries what a page needs: sentence, fields, wait, who can grant', async () => {
    const missing = { permission: 'queues.view', label: 'View queues', roles: ['Support Operator'], people: ['Ana Ruiz'] };
    answering(
      problem(429, {
        code: 'too_many_tries',
        detail: 'Too many tries for this name.',
        retryAfter: 252,
        fields: { login: 'Slow down.' },
        missing,
      }),
    );
    const error = await refusal(call('GET /queues'));
    expect(error).toMatchObject({ code: 'too_many_tries', retryAfter: 252, fields: { login: 'Slow down.' }, missing });
    expect(explain(error)).toBe('Too many tries for this name.');
  });

  test('a page of a proxy in between is a server that cannot answer, not a crash', async () => {
    answering(() => new Response('<h1>502 Bad Gateway</h1>', { status: 502 }));
    expect(await refusal(call('GET /queues'))).toMatchObject({ status: 502, code: 'unavailable' });
  });

  test('no answer is told apart from a refusal', async () => {
    answering();
    const error = await refusal(call('GET /queues'));
    expect(error).toBeInstanceOf(NoAnswer);
    expect(explain(error)).toMatch(/did not answer/);
  });

  test('"signed out" leads to the door, a wrong password does not', async () => {
    const led: ApiProblem[] = [];
    onSignedOut(reason => led.push(reason));
    const over = problem(401, { code: 'signed_out', detail: 'You were signed out by Ana Ruiz.' });
    answering(problem(401, { code: 'wrong_credentials' }), over, over);
    await refusal(call('POST /session', { body: { login: 'ana', password: 'no' } }));
    expect(led).toEqual([]);
    await refusal(call('GET /queues'));
    expect(led.map(({ detail }) => detail)).toEqual(['You were signed out by Ana Ruiz.']);
  });

  test('a request that crossed a new cookie is sent once more with it', async () => {
    const led: ApiProblem[] = [];
    onSignedOut(reason => led.push(reason));
    const asked = answering(problem(401, { code: 'signed_out' }), () => Response.json({ items: [] }));
    expect(await call('GET /queues')).toEqual({ items: [] });
    expect(asked).toHaveLength(2);
    expect(led).toEqual([]);
  });

  test('what needs a proof of who it is asks for one, and is sent again only with it', async () => {
    const answers = [false, true];
    onConfirmationNeeded(() => Promise.resolve(answers.shift() ?? false));
    const needed = problem(403, { code: 'confirmation_needed' });
    const asked = answering(needed, needed, () => Response.json({ id: 'k' }));
    const body = { name: 'Billing', scopes: ['events.write' as const], days: 30 };
    expect(await refusal(call('POST /api-keys', { body }))).toMatchObject({ code: 'confirmation_needed' });
    expect(asked).toHaveLength(1);
    expect(await call('POST /api-keys', { body })).toEqual({ id: 'k' });
    expect(asked.map(({ body }) => body)).toEqual([body, body, body]);
  });

  test('what is asked for while nobody is at the page says so, and counts as no use of the session', async () => {
    const said: (string | null)[] = [];
    vi.stubGlobal('fetch', (_: string, init: { headers: Record<string, string> }) => {
      said.push(new Headers(init.headers).get(BY_ITSELF));
      return Promise.resolve(Response.json({ items: [] }));
    });
    vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ['Date'] });
    askWhetherAttended(() => false);
    await call('GET /queues');
    expect(lastAnswer()).toBeLessThan(Date.now());
    askWhetherAttended(() => true);
    await call('GET /queues');
    expect(lastAnswer()).toBe(Date.now());
    vi.useRealTimers();
    expect(said).toEqual(['1', null]);
  });

  test('the first read takes the answer that lies in the page, once; the second asks', async () => {
    const first = document.createElement('script');
    Object.assign(first, { type: 'application/json', id: 'first', textContent: JSON.stringify({ '/api/queues': { items: [] } }) });
    document.head.append(first);
    const asked = answering(() => Response.json({ items: [{ name: 'deliver' }] }));
    expect(await read('GET /queues')).toEqual({ items: [] });
    expect(asked).toEqual([]);
    expect(await read('GET /queues')).toEqual({ items: [{ name: 'deliver' }] });
    first.remove();
  });
});
