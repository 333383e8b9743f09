import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchIdle } from '#lib/live-idle.ts';
import { Live } from '#lib/live.svelte.ts';
import { Watch, retryDelay } from '#lib/live-watch.ts';
import { fakeWire } from './support/fake-wire.ts';

const STEP_MS = 250;
const HERE = { away: false, page: '/dashboard' };

describe('the link', () => {
  let wire: ReturnType<typeof fakeWire>;
  let live: Live;
  let close: () => void;
  let works: boolean | Promise<boolean>;

  beforeEach(async () => {
    wire = fakeWire();
    works = true;
    live = new Live(async () => works);
    live.holding = () => ({ epoch: 'e', version: 4 });
    live.here(HERE);
    vi.useFakeTimers();
    close = live.open();
    // The library comes by a real import, whatever the clock says.
    await vi.waitFor(() => expect(live.state).toBe('live'));
  });
  afterEach(() => {
    close();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** Lets time go by in which the server beats, if `beats`. */
  async function pass(ms: number, beats = true) {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      if (beats && passed % 2000 === 0) wire.all.at(-1)?.say('live:beat', Date.now());
      await vi.advanceTimersByTimeAsync(Math.min(STEP_MS, ms - passed));
    }
  }

  test('says at the door what it holds, and where the person is', () => {
    expect(live.state).toBe('live');
    expect(wire.last.holding).toEqual({ epoch: 'e', version: 4 });
    expect(wire.last.heard).toEqual([['presence:here', HERE]]);
    expect(wire.last.url).toContain('transport=websocket');
  });

  test('knows a link that is alive and yet brings nothing new, keeps the time of the last word, and takes it up again', async () => {
    await pass(1000);
    const again = live.heardAt;
    for (let i = 0; i < 4; i += 1) {
      wire.last.say('live:beat', Date.now(), again);
      await pass(2000, false);
      expect([live.state, live.silent]).toEqual(['held', true]);
    }
    expect(live.heardAt).toBe(again);
    wire.last.say('live:beat', Date.now());
    await pass(1, false);
    expect(live.state).toBe('live');
    expect(live.heardAt).toBeGreaterThan(again);
  });

  test('passes on what the server says to those who listen, until they stop', async () => {
    const told = vi.fn();
    const stop = live.on('presence:changed', told);
    const diff = { epoch: 'e', version: 5, changed: [], gone: ['x'] };
    wire.last.say('presence:changed', diff);
    await pass(1);
    stop();
    wire.last.say('presence:changed', { ...diff, version: 6 });
    await pass(1);
    expect(told.mock.calls).toEqual([[diff]]);
  });

  test('knows within 5 s that nobody speaks any more, though the socket says it is open, and comes back', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    await pass(10_000);
    expect(live.state).toBe('live');
    const { heardAt } = live;
    await pass(5000 - (Date.now() - heardAt), false);
    expect(live.state).toBe('down');
    expect(live.heardAt).toBe(heardAt);
    await pass(1500);
    expect(live.state).toBe('live');
    expect(wire.all.length).toBe(2);
  });

  test('has all who follow read again after each return', async () => {
    const read = vi.fn();
    live.follow(read);
    wire.last.close();
    await pass(1500);
    expect(live.state).toBe('live');
    expect(read).toHaveBeenCalledOnce();
  });

  test('spreads the reading over 2 s when the server calls everybody', async () => {
    const read = vi.fn();
    live.follow(read);
    vi.spyOn(Math, 'random').mockReturnValue(0.75);
    wire.last.say('live:resync');
    await pass(1400);
    expect(read).not.toHaveBeenCalled();
    await pass(200);
    expect(read).toHaveBeenCalledOnce();
  });

  test('comes back at once with new rights, and says why it was closed', async () => {
    wire.last.say('live:farewell', { reason: 'rights_changed' });
    await pass(1);
    expect(live.lostBecause?.reason).toBe('rights_changed');
    wire.last.end();
    await pass(50);
    expect(wire.all.length).toBe(2);
    expect(live.state).toBe('live');
  });

  test('comes back to a server that moves when it was told to', async () => {
    wire.last.say('live:farewell', { reason: 'moving', delay: 4000 });
    wire.last.end();
    await pass(3900);
    expect(wire.all.length).toBe(1);
    await pass(200);
    expect(live.state).toBe('live');
  });

  test('stays away once signed out', async () => {
    wire.last.say('live:farewell', { reason: 'signed_out', detail: 'by Ana Ruiz' });
    wire.last.end();
    await pass(20_000);
    expect(wire.all.length).toBe(1);
    expect(live.lostBecause).toEqual({ reason: 'signed_out', detail: 'by Ana Ruiz' });
  });

  test('comes back by itself where the server gave no reason', async () => {
    wire.last.end();
    await pass(1500);
    expect(live.state).toBe('live');
  });

  test('reads every 10 s where HTTP works and no socket comes through, and goes live when one does', async () => {
    const read = vi.fn();
    live.follow(read);
    wire.admit(false);
    wire.last.close();
    await pass(15_000);
    expect(live.state).toBe('polling');
    const before = read.mock.calls.length;
    await pass(30_000);
    expect(read.mock.calls.length - before).toBe(3);
    expect(live.state).toBe('polling');
    wire.admit(true);
    await pass(10_500);
    expect(live.state).toBe('live');
  });

  test('is down, not polling, while HTTP does not work either', async () => {
    works = false;
    wire.admit(false);
    wire.last.close();
    await pass(30_000);
    expect(live.state).toBe('down');
    expect(live.retryAt).toBeGreaterThan(Date.now() - 1000);
  });

  test.each(['fails', 'waits'])(
    'does not take a network that comes back, where what was asked %s, for a proxy that lets no socket through',
    async asked => {
      const states: string[] = [];
      const answer = Promise.withResolvers<boolean>();
      works = asked === 'waits' ? answer.promise : false;
      wire.admit(false);
      wire.last.close();
      vi.spyOn(Math, 'random').mockReturnValue(1);
      await pass(30_000);
      works = true;
      answer.resolve(true);
      live.follow(() => states.push(live.state));
      wire.admit(true);
      await pass(11_000);
      expect(states).not.toContain('polling');
      expect(live.state).toBe('live');
    },
  );

  test('tries at once when asked to, and when the network is back', async () => {
    wire.admit(false);
    wire.last.close();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    await pass(20_000);
    wire.admit(true);
    const tries = wire.all.length;
    dispatchEvent(new Event('online'));
    await pass(50);
    expect(wire.all.length).toBe(tries + 1);
    expect(live.state).toBe('live');
  });
});

test('a look that comes late spares the link once, since the words that came meanwhile wait behind it', () => {
  const watch = new Watch();
  const start = Date.now();
  watch.heard(start);
  expect(watch.isDead(start + 500)).toBe(false);
  expect(watch.isDead(start + 3_600_000)).toBe(false);
  expect(watch.isDead(start + 3_600_500)).toBe(true);
});

test('the wait before a try is at most 10 s, and spread over its whole range', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const wait = retryDelay(failures, random);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(10_000);
      expect(wait).toBeLessThanOrEqual(retryDelay(failures + 1, random));
    }),
  );
  expect(retryDelay(0, 0)).toBe(0);
  expect(retryDelay(0, 1)).toBe(1000);
});

test('somebody is away after five minutes without a sign, and back with the first one', () => {
  vi.useFakeTimers();
  const changed = vi.fn();
  const idle = watchIdle(300_000, changed);
  expect(idle.isAttended()).toBe(true);
  vi.advanceTimersByTime(290_000);
  dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(290_000);
  expect(changed).not.toHaveBeenCalled();
  expect(idle.isAttended()).toBe(false);
  vi.advanceTimersByTime(20_000);
  expect(changed.mock.calls).toEqual([[true]]);
  dispatchEvent(new Event('pointermove'));
  expect(changed.mock.calls).toEqual([[true], [false]]);
  expect(idle.isAttended()).toBe(true);
  idle.end();
  vi.advanceTimersByTime(600_000);
  expect(changed).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
