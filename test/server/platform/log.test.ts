import { expect, test } from 'vitest';
import { createLog } from '#server/platform/log.ts';

function entryOf(fields: object): string {
  let written = '';
  createLog('info', { write: text => (written += text) }).info(fields, 'something happened');
  return written;
}

test('no secret reaches the log, however deep it lies in a request', () => {
  const entry = entryOf({
    password: 's3cret',
    body: { token: 's3cret', username: 'ada' },
    request: { headers: { authorization: 's3cret', cookie: 's3cret' } },
    response: { headers: { 'set-cookie': ['s3cret'] } },
  });
  expect(entry).not.toContain('s3cret');
  expect(JSON.parse(entry)).toMatchObject({ msg: 'something happened', body: { username: 'ada', token: '[redacted]' } });
});

test('an error keeps its code and its stack, by which an operator finds it', () => {
  const entry = entryOf({ err: Object.assign(new Error('connect failed'), { code: 'ECONNREFUSED' }) });
  expect(JSON.parse(entry)).toMatchObject({
    err: { code: 'ECONNREFUSED', message: 'connect failed', stack: expect.stringContaining('log.test.ts') as string },
  });
});
