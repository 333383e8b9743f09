import type { DeliveryState } from '#contract/deliveries.ts';

/** How a delivery stands, wherever one is shown. */
export const deliveryStates = {
  queued: 'queued',
  sending: 'sending',
  sent: 'sent',
  retrying: 'retrying',
  failed: 'failed',
  suppressed: 'suppressed',
} as const satisfies Record<DeliveryState, string>;
