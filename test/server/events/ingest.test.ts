import { describe, expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { test as base } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';

const test = base.extend('program', { scope: 'file' }, async ({ server, owner }) => {
  const { key } = await owner.call('POST /api-keys', { body: { name: 'Shop', scopes: ['events.write', 'events.read'] } });
  return new Caller(server.url, key);
});
const ticket = (id: string, more: object = {}) => ({
  id,
  type: 'ticket.opened',
  facts: { ticket: `T-${id}`, subject: 'Printer on fire', department: 'Support', ...more },
});

describe('posting events', () => {
  test('stores one, and the same id again not twice', async ({ program, orm }) => {
    expect(await program.call('POST /events', { body: ticket('1') })).toEqual({ stored: 1, repeated: 0, refused: [] });
    expect(await program.call('POST /events', { body: ticket('1') })).toEqual({ stored: 0, repeated: 1, refused: [] });
    const [event] = await orm.em.fork().find(Event, { type: 'ticket.opened' });
    expect(event).toMatchObject({ actorKind: 'key', actorName: 'Shop', facts: { ticket: 'T-1', department: 'Support' } });
  });

  test('keeps the good ones of a list and reports the bad ones by index', async ({ program }) => {
    const result = await program.call('POST /events', {
      body: [
        ticket('10'),
        { id: '11', type: 'ticket.openned', facts: {} },
        { id: '12', type: 'invoice.paid', facts: { invoice: 'I-1', total: { amount: '25', currency: 'USD' } } },
        'nonsense',
        { ...ticket('10') },
        { ...ticket('10', { subject: 'another' }) },
        { id: '13', type: 'admin.edited', facts: {} },
        { id: '14', type: 'custom.backup.finished', facts: { title: 'Backup finished' } },
        { ...ticket('15'), surprise: true },
        ticket('16', { subject: 'a\0b' }),
      ],
    });
    expect(result).toMatchObject({ stored: 2, repeated: 1 });
    expect(result.refused.map(({ index, code }) => [index, code])).toEqual([
      [1, 'unknown_event_type'],
      [2, 'invalid'],
      [3, 'invalid'],
      [5, 'id_reused'],
      [6, 'unknown_event_type'],
      [8, 'invalid'],
      [9, 'invalid'],
    ]);
    expect(result.refused[0]?.message).toContain('Did you mean ticket.opened?');
    expect(result.refused[1]?.fields).toHaveProperty(['facts.total.amount']);
  });

  test('stores each of a thousand once however many post them at the same moment', async ({ program, orm }) => {
    const many = Array.from({ length: 1000 }, (_, i) => ticket(`m-${i}`));
    const results = await Promise.all(Array.from({ length: 5 }, () => program.call('POST /events', { body: many })));
    expect(results.reduce((sum, { stored }) => sum + stored, 0)).toBe(1000);
    expect(await orm.em.fork().count(Event, { clientId: { $like: 'm-%' } })).toBe(1000);
  });

  test('fails whole for a single bad one, for too many, for none, and for what is no JSON', async ({ program }) => {
    expect(await program.codeOf('POST /events', { body: { id: '1', type: 'nothing.known', facts: {} } })).toBe('invalid');
    expect(await program.codeOf('POST /events', { body: Array.from({ length: 1001 }, (_, i) => ticket(`x-${i}`)) })).toBe('invalid');
    expect(await program.codeOf('POST /events', { body: [] })).toBe('invalid');
    const post = (body: string, type = 'application/json') =>
      program.fetch('/api/events', { method: 'POST', body, headers: { 'content-type': type } });
    expect((await post('{"id":')).status).toBe(400);
    expect((await post('{}', 'text/plain')).status).toBe(415);
    expect((await post(`"${'x'.repeat(2 * 1024 * 1024)}"`)).status).toBe(413);
    expect((await post(`${'['.repeat(5000)}${']'.repeat(5000)}`)).status).toBe(400);
  });

  test('needs a key with the scope, and no cookie beside it', async ({ server, owner }) => {
    expect(await new Caller(server.url, 'qd_wrongwrongwrongwrongwrongwrongwrong').codeOf('POST /events', { body: ticket('k') })).toBe(
      'bad_api_key',
    );
    const { key } = await owner.call('POST /api-keys', { body: { name: 'Reader', scopes: ['events.read'] } });
    const reader = new Caller(server.url, key);
    expect(await reader.codeOf('POST /events', { body: ticket('k') })).toBe('forbidden');
    const both = await reader.fetch('/api/events', {
      method: 'POST',
      headers: { cookie: owner.cookie, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(both.status).toBe(400);
  });
});
