import { randomBytes } from 'node:crypto';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEnv } from '#server/env.ts';
import { parseSecretKey } from '#server/platform/secret-key.ts';

describe('the environment', () => {
  test('has a default for everything that one machine needs', () => {
    expect(readEnv({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      baseUrl: undefined,
      dataDir: path.resolve('.data'),
      databaseUrl: undefined,
      redisUrl: undefined,
      secretKey: undefined,
      secretKeysPrevious: [],
      trustedProxies: [],
      extensionsDir: path.resolve('extensions'),
      smtpUrl: undefined,
      slackApiUrl: undefined,
      logLevel: 'info',
      allowedPrivateHosts: [],
      test: false,
    });
  });

  test('takes an empty setting for an absent one', () => {
    expect(readEnv({ PORT: '', BASE_URL: '', SECRET_KEY: '' })).toEqual(readEnv({}));
  });

  test('reports everything that is wrong at once', () => {
    const wrong = {
      NODE_ENV: 'production',
      PORT: '70000',
      BASE_URL: 'http://admin.example.com',
      DATABASE_URL: 'mysql://db',
      REDIS_URL: 'http://redis',
      SECRET_KEY: 'hunter2',
      SECRET_KEY_PREVIOUS: 'hunter1',
      TRUSTED_PROXIES: '10.0.0.0/8, everyone',
      SMTP_URL: 'mail.example.com:25',
      SLACK_API_URL: 'slack',
      LOG_LEVEL: 'loud',
    };
    for (const name of Object.keys(wrong).slice(1)) expect(() => readEnv(wrong)).toThrow(new RegExp(`^ {2}${name}\\b`, 'm'));
  });

  test('reads lists with commas between the words', () => {
    const env = readEnv({ TRUSTED_PROXIES: '10.0.0.0/8, ::1', ALLOWED_PRIVATE_HOSTS: 'a.internal,b.internal,' });
    expect(env.trustedProxies).toEqual(['10.0.0.0/8', '::1']);
    expect(env.allowedPrivateHosts).toEqual(['a.internal', 'b.internal']);
  });

  test('takes plain http in production on loopback alone', () => {
    for (const host of ['localhost:3000', '127.0.0.1', '[::1]:8080'])
      expect(readEnv({ NODE_ENV: 'production', BASE_URL: `http://${host}` }).baseUrl).toBe(`http://${host}`);
    for (const host of ['127.evil.example', 'localhost.example', '10.0.0.1'])
      expect(() => readEnv({ NODE_ENV: 'production', BASE_URL: `http://${host}` })).toThrow('BASE_URL must begin with https:');
  });

  test('refuses a base URL with a path, since cookies and links are made for an origin', () => {
    expect(() => readEnv({ BASE_URL: 'https://example.com/admin' })).toThrow('BASE_URL');
    expect(readEnv({ BASE_URL: 'https://example.com:8443/' }).baseUrl).toBe('https://example.com:8443');
  });
});

describe('a secret key', () => {
  test('is read from hex and from base64, byte for byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 64 }), fc.constantFrom('hex', 'base64', 'base64url'), (bytes, encoding) => {
        fc.pre(new Set(bytes).size >= 16);
        const key = Buffer.from(bytes);
        expect(parseSecretKey(key.toString(encoding))).toEqual(key);
      }),
    );
  });

  test('is refused when it is short or regular', () => {
    const keys = [
      randomBytes(31).toString('base64'),
      'a'.repeat(64),
      Buffer.alloc(32, 'abcd').toString('base64'),
      'correct horse battery staple!',
    ];
    for (const key of keys) expect(parseSecretKey(key)).toBeUndefined();
  });
});
