import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figuresOf } from 'quarterdeck/testing';
import widget from './orders-by-client.ts';

test('each client has a row for each currency', async () => {
  const rows = [
    { client: 'Contoso', currency: 'EUR', orders: 2, amount: 120.5 },
    { client: 'Contoso', currency: 'USD', orders: 1, amount: 99 },
  ];
  const figures = await figuresOf(widget, { query: () => Promise.resolve(rows) });
  assert.deepEqual(
    figures.rows.map(({ cells }) => cells),
    rows,
  );
});

test('with no order it says so', async () => {
  const figures = await figuresOf(widget, { query: () => Promise.resolve([]) });
  assert.equal(figures.empty, 'Nobody ordered in the last 30 days.');
});
