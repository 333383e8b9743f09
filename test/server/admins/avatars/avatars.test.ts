import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect } from 'vitest';
import type { ProblemDocument } from '#contract/problems.ts';
import { Event } from '#server/events/Event.ts';
import { test as app } from '../../../support/app.ts';
import type { Caller } from '../../../support/caller.ts';
import { browserOf, someone } from '../../../support/people.ts';

const picture = (format: 'png' | 'jpeg' | 'webp' | 'gif', { width = 300, height = 200, red = 200 } = {}): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: red, g: 20, b: 40 } } })
    .withExif({ IFD0: { Copyright: 'secret-owner' }, IFD3: { GPSLatitude: '59/1 19/1 0/1' } })
    .toFormat(format)
    .toBuffer();

interface Answer {
  avatar?: string | null;
  code?: string;
  detail?: string;
}
async function upload(caller: Caller, body: Buffer, type = 'image/png'): Promise<{ status: number; json: Answer }> {
  const response = await caller.fetch('/api/me/avatar', { method: 'PUT', headers: { 'content-type': type }, body: new Uint8Array(body) });
  return { status: response.status, json: (await response.json()) as Answer };
}
const shown = async (caller: Caller, id: string, name?: string | null): Promise<Response> =>
  caller.fetch(`/api/avatars/${id}${name ? `?v=${name}` : ''}`);

const test = app.extend('person', { scope: 'file' }, async ({ owner, server, orm }) => {
  expect(owner.cookie).not.toBe('');
  const em = orm.em.fork();
  const admin = await someone(em, 'dashboard.view');
  return { admin, caller: await browserOf(em, admin, server.url) };
});

describe('a picture that is uploaded', () => {
  test('is drawn anew, without what was written beside it, and served so that it can do nothing', async ({
    person,
    owner,
    server,
    orm,
  }) => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const file = await picture(format);
      expect(file.includes('secret-owner'), 'the file tells whose it is').toBe(true);
      const { status, json } = await upload(person.caller, file, `image/${format}`);
      expect(status, JSON.stringify(json)).toBe(200);
      expect(json).toMatchObject({ avatarSource: 'upload', avatar: expect.stringMatching(/^[0-9a-f]{16}$/) as string });

      const answer = await shown(owner, person.admin.id, json.avatar);
      const bytes = Buffer.from(await answer.arrayBuffer());
      const metadata = await sharp(bytes).metadata();
      expect(metadata).toMatchObject({ format: 'webp', width: 256, height: 256 });
      expect([metadata.exif, metadata.icc, metadata.xmp]).toEqual([undefined, undefined, undefined]);
      expect(bytes.includes('secret-owner')).toBe(false);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'image/webp',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, max-age=31536000, immutable',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
    const { me } = await person.caller.call('GET /session');
    const plain = await shown(person.caller, person.admin.id);
    expect(plain.headers.get('cache-control')).toBe('private, no-cache');
    expect(plain.headers.get('etag')).toBe(`"${me.avatar}"`);
    const known = await person.caller.fetch(`/api/avatars/${person.admin.id}`, { headers: { 'if-none-match': `"${me.avatar}"` } });
    expect(known.status).toBe(304);
    expect((await fetch(`${server.url}/api/avatars/${person.admin.id}`)).status, 'nothing for strangers').toBe(401);
    const events = await orm.em.fork().find(Event, { type: 'admin.edited', facts: { adminId: person.admin.id } });
    expect(events.at(-1)?.facts).toMatchObject({ changes: { picture: { after: me.avatar } } });
  });

  test('can be forgotten; nobody and no picture look alike', async ({ person, owner }) => {
    await upload(person.caller, await picture('png'));
    expect(await person.caller.call('DELETE /me/avatar')).toMatchObject({ avatar: null, avatarSource: 'initials' });
    expect(await person.caller.codeOf('DELETE /me/avatar')).toBe('not_found');
    const without = async (id: string) => {
      const response = await shown(owner, id);
      return { ...((await response.json()) as ProblemDocument), requestId: '' };
    };
    expect(await without(person.admin.id)).toEqual(await without('00000000-0000-7000-8000-000000000000'));
  });

  test('stays, and comes back, while initials are shown', async ({ person }) => {
    const { json } = await upload(person.caller, await picture('png', { red: 77 }));
    const { me } = await person.caller.call('GET /session');
    const hidden = await person.caller.call('PATCH /me', { body: { version: me.version, avatarSource: 'initials' } });
    expect(hidden).toMatchObject({ avatar: null, avatarSource: 'initials' });
    expect((await shown(person.caller, person.admin.id)).status).toBe(404);
    expect(await person.caller.call('GET /me/profile')).toMatchObject({ uploaded: true, gravatar: true });
    // Gravatar knows nothing of this address: what was uploaded stands in
    const back = await person.caller.call('PATCH /me', { body: { version: hidden.version, avatarSource: 'gravatar' } });
    expect(back).toMatchObject({ avatar: json.avatar, avatarSource: 'gravatar' });
    expect(back.roles).toHaveLength(1);
  });
});

describe('a file that is no honest picture', () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const html = Buffer.from('<!doctype html><script>alert(1)</script>');

  function chunk(type: string, data: Buffer): Buffer {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  }
  /** A PNG whose head claims this size, and of which there is next to nothing. */
  function claiming(width: number, height: number): Buffer {
    const head = Buffer.from('00000000000000000802000000', 'hex');
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    return Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', head),
      chunk('IDAT', deflateSync('')),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
  async function animated(): Promise<Buffer> {
    const frames = [await picture('png', { width: 20, height: 20 }), await picture('png', { width: 20, height: 20, red: 1 })];
    return sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
  }

  test.for<[string, () => Promise<Buffer> | Buffer, string, number]>([
    ['an SVG with a script', () => svg, 'image/svg+xml', 415],
    ['an SVG that says it is a PNG', () => svg, 'image/png', 415],
    ['HTML that says it is a PNG', () => html, 'image/png', 415],
    ['a GIF', () => picture('gif'), 'image/gif', 415],
    ['a GIF that says it is a PNG', () => picture('gif'), 'image/png', 415],
    ['an animated WebP', animated, 'image/webp', 415],
    ['nothing', () => Buffer.alloc(0), 'image/png', 415],
    ['50,000 by 50,000', () => claiming(50_000, 50_000), 'image/png', 415],
    ['one pixel too many', async () => picture('png', { width: 5001, height: 5000 }), 'image/png', 415],
    ['one that ends half-way', async () => (await picture('jpeg', { width: 900, height: 900 })).subarray(0, 2500), 'image/jpeg', 415],
    ['a head alone', () => Buffer.from('89504e470d0a1a0a', 'hex'), 'image/png', 415],
    [
      'random bytes behind the right beginning',
      () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(9999, 7)]),
      'image/jpeg',
      415,
    ],
    ['6 MB', () => Buffer.alloc(6 * 1024 * 1024, 1), 'image/png', 413],
    ['20 MB', () => Buffer.alloc(20 * 1024 * 1024, 1), 'image/png', 413],
    ['JSON', () => Buffer.from('{}'), 'application/json', 415],
  ])('%s is refused', async ([name, file, type, expected], { person, server, orm }) => {
    const before = (await person.caller.call('GET /session')).me.avatar;
    const em = orm.em.fork();
    // of its own, so that the limit of one person does not end the corpus
    const { status, json } = await upload(await browserOf(em, await someone(em, 'dashboard.view'), server.url), await file(), type);
    expect([status, json.code], name).toEqual([expected, expected === 413 ? 'too_large' : 'bad_picture']);
    if (/50,000|pixel/.test(name)) expect(json.detail).toMatch('million pixels');
    expect((await person.caller.call('GET /session')).me.avatar, 'nothing changed, and it lives').toBe(before);
  });

  test('what hides behind a picture is left behind', async ({ person }) => {
    for (const hidden of [Buffer.from('PK\x03\x04 a whole archive'), html, svg]) {
      const { status, json } = await upload(person.caller, Buffer.concat([await picture('png'), hidden]));
      expect(status, JSON.stringify(json)).toBe(200);
      const bytes = Buffer.from(await (await shown(person.caller, person.admin.id)).arrayBuffer());
      expect(bytes.includes(hidden)).toBe(false);
      expect((await sharp(bytes).metadata()).format).toBe('webp');
    }
  });

  test('no other field, place or person is taken', async ({ person, owner }) => {
    const file = await picture('png');
    for (const [method, path] of [
      ['POST', '/api/me/avatar'],
      ['PUT', `/api/avatars/${person.admin.id}`],
      ['PUT', `/api/admins/${person.admin.id}/avatar`],
    ] as const) {
      const response = await owner.fetch(path, { method, headers: { 'content-type': 'image/png' }, body: new Uint8Array(file) });
      expect([404, 405], `${method} ${path}`).toContain(response.status);
    }
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(file)], { type: 'image/png' }), 'me.png');
    expect((await owner.fetch('/api/me/avatar', { method: 'PUT', body: form })).status, 'no multipart').toBe(415);
    const foreign = await fetch(`${owner.url}/api/me/avatar`, {
      method: 'PUT',
      headers: { 'content-type': 'image/png', cookie: owner.cookie, origin: 'https://evil.example' },
      body: new Uint8Array(file),
    });
    expect(foreign.status).toBe(403);
  });

  test('twenty at once, good and bad, are all answered, and the last one stands', async ({ server, orm }) => {
    const em = orm.em.fork();
    const admin = await someone(em, 'dashboard.view');
    const caller = await browserOf(em, admin, server.url);
    const files = await Promise.all(
      Array.from({ length: 20 }, (_, at) => Promise.resolve(at % 4 === 0 ? claiming(50_000, 50_000) : picture('png', { red: at }))),
    );
    const answers = await Promise.all(files.map(file => upload(caller, file)));
    expect(answers.map(({ status }) => status)).toEqual(files.map((_, at) => (at % 4 === 0 ? 415 : 200)));
    expect((await upload(caller, files[1] ?? Buffer.alloc(0))).status, 'the twenty-first in an hour').toBe(429);
    const { me } = await caller.call('GET /session');
    const answer = await shown(caller, admin.id, me.avatar);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    await expect(sharp(Buffer.from(await answer.arrayBuffer())).metadata()).resolves.toMatchObject({ width: 256 });
  }, 60_000);
});
