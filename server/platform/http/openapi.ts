import { z } from 'zod';
import { catalogue } from '#contract/api.ts';
import type { JsonSchema, OpenApi, Operation } from '#contract/description.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import { SCOPES, right } from '#contract/permissions.ts';
import { limitOf } from './limits.ts';
import { PROBLEM_SCHEMA, problemAnswers, refusalsOf } from './openapi-problems.ts';
import type { Needs, Route } from './route.ts';

const EITHER = [{ session: [] }, { key: [] }];
const isScope = (needs: Needs): boolean => (SCOPES as readonly string[]).includes(needs);

/** The bounds of a safe integer and the pattern of a UUID say nothing that type and format do not. */
function tidy({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum'];
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum'];
  if (jsonSchema['format'] !== undefined) delete jsonSchema['pattern'];
}

/** @param io what a caller sends, before defaults and conversions, or what comes of it */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, override: tidy });
  void $schema;
  return rest;
}

const named = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

function parametersOf({ path, query }: Endpoint): Operation['parameters'] {
  const inPath = named(path).map(name => ({ name, in: 'path' as const, required: true, schema: { type: 'string' } }));
  if (!query) return inPath;
  // in an address everything is text: what it shall be read as is what comes out
  const { properties = {} } = z.toJSONSchema(query, { io: 'output', override: tidy });
  const { required = [] } = z.toJSONSchema(query, { io: 'input' });
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query' as const,
    required: required.includes(name),
    schema: typeof schema === 'boolean' ? {} : schema,
  }));
  return [...inPath, ...inQuery];
}

function bodyOf({ body, eachAlone, example, takes }: Endpoint): Pick<Operation, 'requestBody'> {
  if (!body) return {};
  // a file has no schema: its media type says all (OpenAPI 3.1.1, 4.8.14.4)
  if (takes) return { requestBody: { required: true, content: Object.fromEntries(takes.map(type => [type, { schema: {} }])) } };
  const item = eachAlone && schemaOf(eachAlone, 'input');
  const schema = item ? { anyOf: [item, { type: 'array', items: item, minItems: 1, maxItems: 1000 }] } : schemaOf(body, 'input');
  return { requestBody: { required: true, content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } } } };
}

function successOf({ result, status, answers }: Endpoint): Operation['responses'] {
  if (answers !== undefined)
    return { 200: { description: 'A file.', content: { [answers]: { schema: answers.startsWith('text/') ? { type: 'string' } : {} } } } };
  if (!result) return { 204: { description: 'Done.' } };
  return { [status ?? 200]: { description: 'Done.', content: { 'application/json': { schema: schemaOf(result, 'output') } } } };
}

function needsOf(needs: Needs): Pick<Operation, 'x-needs' | 'security'> {
  if (needs === 'public') return { 'x-needs': { who: 'Anybody' }, security: [] };
  if (needs === 'known') return { 'x-needs': { who: 'Anybody who is signed in, and any API key' }, security: EITHER };
  if (needs === 'signed-in') return { 'x-needs': { who: 'Anybody who is signed in' }, security: [{ session: [] }] };
  return { 'x-needs': { who: right(needs).label, permission: needs }, security: isScope(needs) ? EITHER : [{ session: [] }] };
}

const recordedBy = ({ records }: Route): string[] => (records && 'nothing' in records ? [] : [...(records ?? [])]);

function operationOf(route: Route): Operation {
  const { endpoint, needs, limit, confirmed } = route;
  const { name, subject } = catalogue.get(endpoint) ?? { name: `${endpoint.method} ${endpoint.path}`, subject: 'other' };
  return {
    operationId: name,
    tags: [subject],
    summary: endpoint.summary,
    parameters: parametersOf(endpoint),
    ...bodyOf(endpoint),
    responses: { ...successOf(endpoint), ...refusalsOf(endpoint, needs) },
    ...needsOf(needs),
    'x-confirmed': confirmed,
    ...(limit ? { 'x-limit': { name: limit, ...limitOf(limit) } } : {}),
    'x-records': recordedBy(route),
  };
}

function pathsOf(routes: readonly Route[]): OpenApi['paths'] {
  const paths: OpenApi['paths'] = {};
  for (const route of routes) {
    const { method, path } = route.endpoint;
    const template = path.replaceAll(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operationOf(route) };
  }
  return paths;
}

/** What all of these routes together offer, as OpenAPI 3.1. @param baseUrl without a slash at its end */
export function describeApi(routes: readonly Route[], { baseUrl, version }: { baseUrl: string; version: string }): OpenApi {
  const subjects = new Set(routes.map(({ endpoint }) => catalogue.get(endpoint)?.subject ?? 'other'));
  return {
    openapi: '3.1.1',
    info: {
      title: 'Quarterdeck',
      version,
      description:
        'JSON over HTTP. Programs show an API key as a bearer token; the browser’s cookie is for pages of this origin. Failures are problem documents (RFC 9457) with a stable code.',
    },
    servers: [{ url: `${baseUrl}/api` }],
    tags: [...subjects].toSorted().map(name => ({ name })),
    paths: pathsOf(routes),
    components: {
      schemas: { Problem: PROBLEM_SCHEMA },
      responses: problemAnswers(),
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: baseUrl.startsWith('https:') ? '__Host-quarterdeck' : 'quarterdeck' },
        key: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
