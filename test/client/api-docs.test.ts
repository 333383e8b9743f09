import { expect, test } from 'vitest';
import { curl } from '#lib/curl.ts';
import { isMeant, takesKey, type Call } from '../../client/src/routes/(house)/api/docs/call.ts';
import { shapeOf } from '../../client/src/routes/(house)/api/docs/shape.ts';

const operation: Call['operation'] = {
  operationId: 'postEvents',
  tags: ['events'],
  summary: 'Stores one event or up to 1,000.',
  parameters: [],
  responses: {},
  security: [{ session: [] }, { key: [] }],
  'x-needs': { who: 'Post events', permission: 'events.write' },
  'x-confirmed': false,
  'x-records': [],
};

test('a schema reads as the JSON it describes, with what may be left out, bounds and words', () => {
  const schema = {
    type: 'object',
    properties: {
      id: { type: 'string', format: 'uuid' },
      name: { type: 'string', minLength: 1, maxLength: 100, description: 'As people call it.' },
      days: { type: 'integer', minimum: 1, maximum: 730 },
      state: { type: 'string', enum: ['active', 'expired'] },
      lastUsed: {
        anyOf: [{ type: 'object', properties: { at: { type: 'string', format: 'date-time' } }, required: ['at'] }, { type: 'null' }],
      },
      scopes: { type: 'array', items: { type: 'string' }, minItems: 1 },
      facts: { type: 'object', additionalProperties: {} },
      reason: { type: ['string', 'null'] },
    },
    required: ['id', 'state'],
  };
  expect(shapeOf(schema)).toBe(
    [
      '{',
      '  id: uuid',
      '  name?: text (1–100)  // As people call it.',
      '  days?: whole number (1–730)',
      '  state: "active" | "expired"',
      '  lastUsed?: {',
      '    at: date-time',
      '  } | null',
      '  scopes?: [text] (≥ 1)',
      '  facts?: { [name]: anything }',
      '  reason?: text | null',
      '}',
    ].join('\n'),
  );
});

test('a call is found by words in any order, and a key may make it where the description lets one', () => {
  const call: Call = { method: 'POST', path: '/events', operation };
  for (const search of ['events', 'post events', 'STORES one', 'events.write', '/events post'])
    expect(isMeant(call, search), search).toBe(true);
  expect(isMeant(call, 'events roles')).toBe(false);
  expect(takesKey(operation)).toBe(true);
  expect(takesKey({ ...operation, security: [{ session: [] }] })).toBe(false);
  expect(takesKey({ ...operation, security: [] })).toBe(true);
});

test('nothing in a line for the shell ends its quotes', () => {
  expect(curl({ method: 'GET', url: 'http://x/api/queues', key: 'qd_1' })).toBe(
    `curl -H 'Authorization: Bearer qd_1' 'http://x/api/queues'`,
  );
  expect(curl({ method: 'POST', url: 'http://x/api/events', body: { title: "It's" } })).toBe(
    `curl -H 'Content-Type: application/json' -d '{"title":"It'\\''s"}' 'http://x/api/events'`,
  );
  expect(curl({ method: 'DELETE', url: 'http://x/api/me' })).toBe(`curl -X DELETE 'http://x/api/me'`);
});
