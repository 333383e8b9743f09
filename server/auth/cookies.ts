import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';

const isSecure = (baseUrl: string): boolean => baseUrl.startsWith('https:');
/** `__Host-` binds the cookie to this very host over https; plain http on loopback cannot have it. */
const nameOf = (baseUrl: string, name: string): string => (isSecure(baseUrl) ? `__Host-${name}` : name);

const SESSION = 'quarterdeck';
const DEVICE = 'quarterdeck-device';
const DEVICE_SECONDS = 400 * 86_400;

function read(request: IncomingMessage, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const cut = pair.indexOf('=');
    if (pair.slice(0, cut).trim() === name) return pair.slice(cut + 1).trim();
  }
  return undefined;
}

function write(ctx: Context, baseUrl: string, name: string, value: string, maxAge: number | undefined): void {
  const parts = [`${nameOf(baseUrl, name)}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  if (isSecure(baseUrl)) parts.push('Secure');
  if (maxAge !== undefined) parts.push(`Max-Age=${maxAge}`);
  ctx.append('set-cookie', parts.join('; '));
}

export const readSessionCookie = (request: IncomingMessage, baseUrl: string): string | undefined => read(request, nameOf(baseUrl, SESSION));
/** @param seconds how long the browser keeps it; absent: until it is closed */
export const writeSessionCookie = (ctx: Context, baseUrl: string, token: string, seconds?: number): void =>
  write(ctx, baseUrl, SESSION, token, seconds);
export const clearSessionCookie = (ctx: Context, baseUrl: string): void => write(ctx, baseUrl, SESSION, '', 0);

/** Marks a browser on which somebody has signed in before, so that strangers' wrong guesses cannot keep them out. */
export const readDeviceCookie = (request: IncomingMessage, baseUrl: string): string | undefined => read(request, nameOf(baseUrl, DEVICE));
export const writeDeviceCookie = (ctx: Context, baseUrl: string, token: string): void => write(ctx, baseUrl, DEVICE, token, DEVICE_SECONDS);
