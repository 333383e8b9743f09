import type { Log } from '../log.ts';
import { type RedisClient, hangUp } from '../redis.ts';
import { CONTROL, type ControlMessage, type Message, PREFIX, channelOf, controlMessage, decompose } from './wire.ts';

export interface Ears {
  /** A packet for browsers. */
  packet(message: Message): void;
  control(message: ControlMessage): void;
  /** The subscription is gone: from now on what is published is not heard. */
  lost(): void;
  /** The subscription is back: what was published meanwhile is lost. */
  regained(): void;
}

/**
 * Subscribes this process to all that is published, once and for its whole life.
 * @param redis is duplicated: a connection with a subscription can do nothing else.
 * @returns what ends it.
 */
export async function receive(redis: RedisClient, ears: Ears, log: Pick<Log, 'warn'>, prefix = PREFIX): Promise<() => Promise<void>> {
  const subscriber = redis.duplicate();
  subscriber.on('error', () => undefined); // without a listener the process ends; the connection it was duplicated from logs the same outage
  await subscriber.connect();
  await subscriber.subscribe(channelOf(prefix), published => {
    const message = decompose(published);
    if (message.room !== CONTROL) {
      ears.packet(message);
      return;
    }
    const control = controlMessage.safeParse(parsed(message.text));
    if (control.success) ears.control(control.data);
    else log.warn({}, 'live: a message from another version of this program was passed over');
  });
  subscriber.on('reconnecting', () => ears.lost());
  subscriber.on('ready', () => ears.regained()); // from the second connection on: the client has subscribed again by then
  return () => hangUp(subscriber);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
