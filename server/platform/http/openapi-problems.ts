import type { JsonSchema, OpenApi, Operation } from '#contract/description.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import { problems } from '#contract/problems.ts';
import type { Needs } from './route.ts';

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const strictly = (properties: Record<string, JsonSchema>, required: string[] = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** `ProblemDocument` for programs. That it says the same as the type is held by the answers that tests compare with it. */
export const PROBLEM_SCHEMA: JsonSchema = strictly(
  {
    type: { const: 'about:blank' },
    title: text,
    status: { type: 'integer' },
    code: { enum: Object.keys(problems) },
    detail: text,
    fields: { type: 'object', additionalProperties: text },
    missing: strictly({ permission: text, label: text, roles: texts, people: texts }),
    retryAfter: { type: 'number' },
    invitation: strictly({ state: text, organisation: text, inviter: text, at: text, asked: { type: 'boolean' } }),
    requestId: text,
  },
  ['type', 'title', 'status', 'code', 'requestId'],
);

/** Names of the answers in `components` by status: every code of that status shares one. */
const nameOf = (status: number): string => `Problem${status}`;

export function problemAnswers(): OpenApi['components']['responses'] {
  const byStatus = Map.groupBy(Object.entries(problems), ([, { status }]) => status);
  const answers = [...byStatus].map(([status, codes]): [string, OpenApi['components']['responses'][string]] => [
    nameOf(status),
    {
      description: codes.map(([code, { title }]) => `${code}: ${title}`).join(' '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
  return Object.fromEntries(answers);
}

/** The ways in which this endpoint may refuse, by status. */
export function refusalsOf({ method, path, query, body }: Endpoint, needs: Needs): Operation['responses'] {
  const changes = method !== 'GET';
  const has: [status: number, when: boolean][] = [
    [400, true],
    [401, needs !== 'public' || path === '/session'],
    [403, needs !== 'public' || changes],
    [404, path.includes(':')],
    [409, changes],
    [410, needs === 'public' && changes],
    [413, body !== undefined],
    [415, body !== undefined],
    [422, query !== undefined || body !== undefined],
    [429, true],
    [500, true],
    [503, true],
  ];
  return Object.fromEntries(
    has.filter(([, when]) => when).map(([status]) => [status, { $ref: `#/components/responses/${nameOf(status)}` }]),
  );
}
