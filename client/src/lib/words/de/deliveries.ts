import type { DeliveryState } from '#contract/deliveries.ts';

export const deliveryStates: Record<DeliveryState, string> = {
  queued: 'eingereiht',
  sending: 'wird gesendet',
  sent: 'gesendet',
  retrying: 'neuer Versuch',
  failed: 'fehlgeschlagen',
  suppressed: 'unterdrückt',
};
