import { z } from 'zod';
import { addresses, folder, isSafeOrigin, list, origin, secretKey, url } from './env-fields.ts';
import { Refusal } from './platform/refusal.ts';

const environment = z
  .object({
    NODE_ENV: z.string().optional(),
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number('must be a number').int().min(0).max(65_535).default(3000),
    BASE_URL: origin.optional(),
    DATA_DIR: folder.prefault('.data'),
    DATABASE_URL: url('postgresql', 'postgres').optional(),
    REDIS_URL: url('redis', 'rediss', 'unix').optional(),
    SECRET_KEY: secretKey.optional(),
    SECRET_KEY_PREVIOUS: list.pipe(z.array(secretKey)).prefault(''),
    TRUSTED_PROXIES: addresses.prefault(''),
    EXTENSIONS_DIR: folder.prefault('extensions'),
    SMTP_URL: url('smtp', 'smtps').optional(),
    SLACK_API_URL: url('http', 'https').optional(),
    GRAVATAR_URL: url('http', 'https').optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    ALLOWED_PRIVATE_HOSTS: list.prefault(''),
  })
  .refine(({ NODE_ENV, BASE_URL }) => NODE_ENV !== 'production' || BASE_URL === undefined || isSafeOrigin(BASE_URL), {
    path: ['BASE_URL'],
    error: 'must begin with https: in production',
    when: ({ issues }) => issues.every(({ path }) => path?.[0] !== 'BASE_URL'), // told together with what is wrong elsewhere
  })
  .transform(read => ({
    host: read.HOST,
    port: read.PORT,
    baseUrl: read.BASE_URL,
    dataDir: read.DATA_DIR,
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    secretKey: read.SECRET_KEY,
    secretKeysPrevious: read.SECRET_KEY_PREVIOUS,
    trustedProxies: read.TRUSTED_PROXIES,
    extensionsDir: read.EXTENSIONS_DIR,
    smtpUrl: read.SMTP_URL,
    slackApiUrl: read.SLACK_API_URL,
    gravatarUrl: read.GRAVATAR_URL,
    logLevel: read.LOG_LEVEL,
    allowedPrivateHosts: read.ALLOWED_PRIVATE_HOSTS,
    test: read.NODE_ENV === 'test',
  }));

export type Env = z.infer<typeof environment>;

/** An environment in which nothing is left to bring. */
export type CompleteEnv = Env & { databaseUrl: string; redisUrl: string; secretKey: Buffer };

/** Reads the settings of `.env.example`; an empty one counts as absent. @throws Refusal that names everything that is wrong, at once. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const { data, error } = environment.safeParse(given);
  if (data) return data;
  const wrong = error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`);
  throw new Refusal(['Quarterdeck cannot start. Set these right (see .env.example):', ...wrong].join('\n'));
}
