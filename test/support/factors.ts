import { codeAt } from '#server/auth/second-factor/totp.ts';
import { PASSWORD } from './app.ts';
import { Caller } from './caller.ts';

/** An authenticator app as a test holds it. */
export interface App {
  secret: string;
  /** Each is good for one use: the next comes from a step later. */
  code(): string;
}

/** The server takes the step of this moment and its neighbours: two codes, in order, before the clock has to move. */
export function appOf(secret: string): App {
  let step = 0;
  return {
    secret,
    code: () => {
      const code = codeAt(secret, new Date(Date.now() + step * 30_000));
      step += 1;
      return code;
    },
  };
}

/** Gives the person signed in there an app; returns it with their recovery codes. */
export async function enrolApp(browser: Caller): Promise<App & { codes: string[] }> {
  const { secret } = await browser.call('POST /me/second-factors/app');
  const app = appOf(secret);
  const { codes } = await browser.call('PUT /me/second-factors/app', { body: { code: app.code() } });
  return { ...app, codes: codes ?? [] };
}

/** A browser in which somebody typed name and password, and nothing more. */
export async function afterPassword(url: string, login: string, password = PASSWORD): Promise<Caller> {
  const browser = new Caller(url);
  await browser.call('POST /session', { body: { login, password } });
  return browser;
}
