import net from 'node:net';
import nodemailer from 'nodemailer';
import { OutboundError, PATIENCE } from '../../platform/outbound.ts';
import { later, say } from '../../words/say.ts';
import { privateKeyOf } from './_dkim.ts';
import { Pause, type ProviderTools, Refused, type Step, TryAgain } from './_provider.ts';

/** A mail server, and whom mail comes from. */
export interface SmtpSettings {
  host: string;
  port: number;
  /** `tls` from the first byte; `starttls` before anything is said; `none` in clear. */
  security: 'tls' | 'starttls' | 'none';
  user?: string | undefined;
  password?: string | undefined;
  fromName?: string | undefined;
  fromAddress: string;
  /** With both, mail is signed for the domain of its sender (DKIM, RFC 6376). */
  dkimSelector?: string | undefined;
  dkimKey?: string | undefined;
}

/** The domain of an address. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

const isAddress = (host: string): boolean => net.isIP(host.replace(/^\[|\]$/g, '')) !== 0;
const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);
/** An address of numbers is no domain of mail. */
const senderHost = (host: string): string => (isLoopback(host) || isAddress(host) ? 'localhost' : host);
const PORTS: Record<string, number> = { 'smtp:': 587, 'smtps:': 465 };

/**
 * Settings out of a URL: `smtps://user:password@host:port` speaks TLS at once, `smtp:` demands STARTTLS, except on this very
 * machine or with `?tls=no`. `?from=` says whom mail comes from.
 */
export function smtpOfUrl(text: string, baseUrl: string): SmtpSettings {
  const url = new URL(text);
  const clear = url.protocol === 'smtp:' && (isLoopback(url.hostname) || url.searchParams.get('tls') === 'no');
  return {
    host: url.hostname,
    port: url.port === '' ? (PORTS[url.protocol] ?? 587) : Number(url.port),
    security: clear ? 'none' : url.protocol === 'smtps:' ? 'tls' : 'starttls',
    ...(url.username === '' ? {} : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }),
    fromAddress: url.searchParams.get('from') ?? `quarterdeck@${senderHost(new URL(baseUrl).hostname)}`,
  };
}

const TIMEOUTS = { dnsTimeout: PATIENCE, connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE };

/** How mail is signed; undefined where it is not. */
export const signingOf = ({ fromAddress, dkimSelector, dkimKey }: SmtpSettings) =>
  dkimSelector === undefined || dkimKey === undefined
    ? undefined
    : { domainName: domainOf(fromAddress), keySelector: dkimSelector, privateKey: privateKeyOf(dkimKey)?.pem ?? dkimKey };

/** A transport for one mail, whose connection is made by the guarded way out. */
export function smtpTransport(settings: SmtpSettings, { outbound }: ProviderTools) {
  const { host, port, security, user, password } = settings;
  const dkim = signingOf(settings);
  return nodemailer.createTransport({
    ...(dkim && { dkim }),
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(isAddress(host) ? {} : { servername: host }) },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    ...TIMEOUTS,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: (_options, callback) => {
      outbound.connect(host, port).then(
        connection => callback(null, { connection }),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), false),
      );
    },
  });
}

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
}
const asSmtpError = (error: unknown): SmtpError => (error instanceof Error ? error : new Error(String(error)));
/** A connection that could not be protected, before anything was said. */
const isProtection = ({ code, message }: SmtpError): boolean =>
  code === 'ETLS' || (code === 'ESOCKET' && /certificate|altname|\b(TLS|SSL)\b/i.test(message));
const TLS_CURE = later('Its certificate must be valid for the name under Server; or choose the security it offers.');

/** What a mail server's failure means: its own words stand in it. */
export function explainSmtp(error: unknown): Refused | TryAgain | Pause {
  if (error instanceof OutboundError) return new TryAgain(say('The mail server cannot be reached: {message}', { message: error.message }));
  const failure = asSmtpError(error);
  const { code = '', responseCode = 0, response = '', message } = failure;
  if (code === 'EAUTH' && (responseCode === 0 || responseCode >= 500)) {
    return new Pause(
      say('The mail server refused the user name or password ({message}). Set them right in Providers.', { message: response || message }),
    );
  }
  if (isProtection(failure))
    return new TryAgain(say('No protected connection to the mail server ({message}). {tlsCure}', { message, tlsCure: TLS_CURE }));
  if (responseCode >= 500) return new Refused(say('The mail server refused: {response}', { response }));
  if (responseCode >= 400) return new TryAgain(say('The mail server said not now: {response}', { response }));
  if (code === 'ETIMEDOUT') return new TryAgain(say('The mail server did not answer within {patience} s.', { patience: PATIENCE / 1000 }));
  return new TryAgain(say('The mail server could not be talked to ({message}).', { message }));
}

const LABELS = [later('Reach the server'), later('Protection'), later('Sign-in')] as const;

/** Which step a failure belongs to. */
function failedAt(error: unknown): number {
  const failure = asSmtpError(error);
  if (failure.code === 'EAUTH') return 2;
  return isProtection(failure) ? 1 : 0;
}

/** Connects, protects and signs in, and sends nothing. */
export async function checkSmtp(settings: SmtpSettings, tools: ProviderTools): Promise<Step[]> {
  const transport = smtpTransport(settings, tools);
  const done = [
    say('{host}:{port} answered.', { host: settings.host, port: settings.port }),
    settings.security === 'none' ? say('None: mail travels in clear.') : say('TLS, with a certificate that is valid for this name.'),
    settings.user === undefined ? say('None was asked for.') : say('As {user}.', { user: settings.user }),
  ];
  try {
    await transport.verify();
    return LABELS.map((label, at) => ({ label: say(label), state: 'ok', detail: done[at] ?? '' }));
  } catch (error) {
    const bad = failedAt(error);
    const detail = (at: number): string => (at < bad ? (done[at] ?? '') : at === bad ? explainSmtp(error).message : say('Not tried.'));
    return LABELS.map((label, at) => ({ label: say(label), state: at < bad ? 'ok' : at === bad ? 'bad' : 'idle', detail: detail(at) }));
  } finally {
    transport.close();
  }
}
