import { expect, test } from 'vitest';
import { demandLoopback } from './stores.ts';

test.each(['redis://127.0.0.1:6379', 'redis://localhost:6379/1', 'postgresql://me@[::1]:5432/x', 'unix:/tmp/s'])(
  '%s is this machine',
  url => {
    expect(demandLoopback('BENCH_REDIS_URL', url)).toBe(url);
  },
);

test.each(['redis://10.0.0.7:6379', 'postgresql://db.example.com/live', 'postgresql://127.0.0.1.example.com/live', 'nonsense'])(
  '%s is refused, naming the variable',
  url => {
    expect(() => demandLoopback('BENCH_DATABASE_URL', url)).toThrow(/BENCH_DATABASE_URL/);
  },
);
