import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figuresOf } from 'quarterdeck/testing';
import widget from './exchange-rates.ts';

test('it asks for what is set, and a rate that is not told is unknown', async () => {
  let asked = '';
  const fetch = (url: string): Promise<Response> => {
    asked = url;
    return Promise.resolve(Response.json({ date: '2026-11-25', rates: { USD: 1.08 } }));
  };
  const { groups } = await figuresOf(widget, { fetch, settings: { base: 'EUR', others: 'USD, GBP' } });
  assert.equal(asked, 'https://api.frankfurter.dev/v1/latest?base=EUR&symbols=USD%2CGBP');
  assert.deepEqual(groups, [
    {
      label: '1 EUR on 2026-11-25',
      items: [
        { label: 'USD', value: 1.08 },
        { label: 'GBP', value: null },
      ],
    },
  ]);
});

test('a service that refuses is named', async () => {
  const refused = figuresOf(widget, { fetch: () => Promise.resolve(new Response('', { status: 503 })) });
  await assert.rejects(refused, /api\.frankfurter\.dev answers 503/);
});
