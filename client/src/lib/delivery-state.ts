import type { DeliveryState } from '#contract/deliveries.ts';
import type { LampState } from './ui/lamp.ts';

export const DELIVERY_STATES = [
  'queued',
  'sending',
  'sent',
  'retrying',
  'failed',
  'suppressed',
] as const satisfies readonly DeliveryState[];

/** ◐ on its way  ● sent  ▲ will be tried again  ■ given up  ○ not sent, with a reason */
export const deliveryLamps: Record<DeliveryState, LampState> = {
  queued: 'busy',
  sending: 'busy',
  sent: 'ok',
  retrying: 'warn',
  failed: 'bad',
  suppressed: 'idle',
};
/** Whether more will happen to it by itself. */
export const isUnderWay = (state: DeliveryState): boolean => state === 'queued' || state === 'sending' || state === 'retrying';
