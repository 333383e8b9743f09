import { expect } from 'vitest';
import { z } from 'zod';
import { type Operation, type OpenApi, openApi } from '#contract/description.ts';
import { routes } from '#server/app.ts';
import { test as base } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';

const test = base
  .extend('document', { scope: 'file' }, async ({ owner }): Promise<OpenApi> => owner.call('GET /openapi.json'))
  .extend('operations', { scope: 'file' }, ({ document }) =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
    ),
  );

/** Every `$ref` in it; a property of that name is none. */
function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => (key === '$ref' && typeof inside === 'string' ? [inside] : refsIn(inside)));
}
const pointed = (document: OpenApi, ref: string): unknown =>
  ref
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined), document);

test('is an OpenAPI 3.1 document that describes every route, each by a name of its own', ({ document, operations }) => {
  expect(openApi.safeParse(document).error).toBeUndefined();
  expect(operations.map(({ name }) => name).toSorted()).toEqual(
    routes.map(({ endpoint: { method, path } }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`).toSorted(),
  );
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  const tags = new Set(document.tags.map(({ name }) => name));
  for (const { name, path, operation } of operations) {
    expect(
      operation.tags.every(tag => tags.has(tag)),
      name,
    ).toBe(true);
    const inPath = operation.parameters.filter(one => one.in === 'path').map(one => `{${one.name}}`);
    expect(path.match(/\{\w+\}/g) ?? [], name).toEqual(inPath);
    expect(
      Object.keys(operation.responses).some(status => status.startsWith('2')),
      name,
    ).toBe(true);
    for (const scheme of operation.security.flatMap(one => Object.keys(one)))
      expect(document.components.securitySchemes).toHaveProperty(scheme);
  }
});

test('has no reference that leads nowhere, and no schema that zod cannot read', ({ document, operations }) => {
  for (const ref of refsIn(document)) expect(pointed(document, ref), ref).toBeDefined();
  for (const { name, operation } of operations)
    for (const schema of schemasOf(operation)) expect(() => z.fromJSONSchema(schema), name).not.toThrow();
});

function schemasOf({ responses, requestBody, parameters }: Operation): Record<string, unknown>[] {
  const contents = Object.values(responses).map(one => ('content' in one ? one.content : undefined));
  return [
    ...parameters.map(({ schema }) => schema),
    ...[requestBody?.content, ...contents].flatMap(content => Object.values(content ?? {}).map(({ schema }) => schema)),
  ];
}

test('says who may by the right that the route asks for, and lets keys in only where they are', ({ operations }) => {
  const byName = new Map(operations.map(({ name, operation }) => [name, operation]));
  for (const { endpoint, needs } of routes) {
    const operation = byName.get(`${endpoint.method} ${endpoint.path.replaceAll(/:(\w+)/g, '{$1}')}`);
    if (needs === 'public') expect(operation?.security, endpoint.path).toEqual([]);
    else if (needs !== 'signed-in' && needs !== 'known') expect(operation?.['x-needs'].permission).toBe(needs);
  }
  expect(byName.get('POST /events')?.security).toEqual([{ session: [] }, { key: [] }]);
  expect(byName.get('POST /api-keys')?.security).toEqual([{ session: [] }]);
});

test('what is served is what it says, successes and refusals alike', async ({ document, operations, owner, server }) => {
  const problem = z.fromJSONSchema(document.components.schemas['Problem'] ?? {});
  const stranger = new Caller(server.url);
  let read = 0;
  for (const { name, path, operation } of operations.filter(one => one.name.startsWith('GET '))) {
    for (const caller of [owner, stranger]) {
      const answer = await caller.fetch(`/api${path.replaceAll(/\{\w+\}/g, crypto.randomUUID())}`);
      const told = operation.responses[String(answer.status)];
      expect(told, `${name} answered ${answer.status}`).toBeDefined();
      const content = told && '$ref' in told ? undefined : told?.content?.['application/json'];
      const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
      if (type === 'application/problem+json') expect(problem.safeParse(await answer.json()).error, name).toBeUndefined();
      else if (content) expect(z.fromJSONSchema(content.schema).safeParse(await answer.json()).error, name).toBeUndefined();
      read += 1;
    }
  }
  expect(read).toBeGreaterThan(40);
  // a refusal of a right and one of fields carry more than others
  const wrong = await owner.fetch('/api/api-keys', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  expect(problem.safeParse(await wrong.json()).error).toBeUndefined();
});

test('the example for posting events is taken as it stands', async ({ operations, owner, server }) => {
  const { key } = await owner.call('POST /api-keys', { body: { name: 'Example', scopes: ['events.write'], days: 1 } });
  const example = operations.find(({ name }) => name === 'POST /events')?.operation.requestBody?.content['application/json']?.example;
  const stored = await new Caller(server.url, key).call('POST /events', { body: example as object });
  expect(stored).toEqual({ stored: 2, repeated: 0, refused: [] });
});

test('is for people who are signed in and for every key, and is known by its tag the second time', async ({ owner, server }) => {
  expect(await new Caller(server.url).codeOf('GET /openapi.json')).toBe('signed_out');
  const { key } = await owner.call('POST /api-keys', { body: { name: 'Reader', scopes: ['presence.view'], days: 1 } });
  const program = new Caller(server.url, key);
  const first = await program.fetch('/api/openapi.json');
  expect(first.status).toBe(200);
  const again = await program.fetch('/api/openapi.json', { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
});
