import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Answer, type Asked, Counterpart } from './counterpart.ts';

export interface Hook {
  id: string;
  at: number;
  payload: { type: string; timestamp: string; data: Record<string, unknown> };
  /** Where it came. */
  path: string;
}

export const HOOK_SECRET = `whsec_${Buffer.from('planted-webhook-secret-0123456789').toString('base64')}`;
/** How old a message may be, in seconds. */
const TOLERANCE = 300;

/** Takes what a receiver by Standard Webhooks takes (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md), and nothing else. */
export class FakeReceiver extends Counterpart {
  readonly hooks: Hook[] = [];
  /** What it knows the sender by. */
  secret = HOOK_SECRET;

  protected forget(): void {
    this.hooks.length = 0;
  }

  protected message(asked: Asked): (() => Answer) | undefined {
    return asked.method === 'POST' ? () => this.#take(asked) : undefined;
  }

  protected answer(): Answer {
    return { status: 405, body: 'Only POST is taken here.' };
  }

  #take({ headers, body, path }: Asked): Answer {
    const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(name => String(headers[name] ?? ''));
    if (!id || !timestamp || !signatures) return { status: 400, body: 'A header is missing.' };
    if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE) return { status: 400, body: 'The message is too old.' };
    const key = Buffer.from(this.secret.replace(/^whsec_/, ''), 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
    const isGood = signatures.split(' ').some(each => {
      const [version, given = ''] = each.split(',');
      const bytes = Buffer.from(given, 'base64');
      return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected);
    });
    if (!isGood) return { status: 401, body: 'The signature is not right.' };
    this.hooks.push({ id, at: Number(timestamp), payload: JSON.parse(body) as Hook['payload'], path });
    return { status: 204 };
  }
}
