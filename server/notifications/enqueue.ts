import type { Tools } from '../platform/tools.ts';
import type { PlannedDelivery } from './plan.ts';

/** Puts deliveries on the lane of their provider, each under its own id, so that none waits twice. @throws Problem `unavailable` */
export async function enqueue({ producer }: Pick<Tools, 'producer'>, deliveries: readonly PlannedDelivery[]): Promise<void> {
  for (const [provider, those] of Map.groupBy(deliveries, ({ provider }) => provider)) {
    await producer.addMany(
      `deliver-${provider}`,
      those.map(({ id }) => ({ payload: { deliveryId: id }, id })),
    );
  }
}

/** Sends them soon: where the queue cannot be reached now, the sweeper finds them. */
export async function hasten(tools: Pick<Tools, 'producer' | 'log'>, deliveries: readonly PlannedDelivery[]): Promise<void> {
  await enqueue(tools, deliveries).catch((error: unknown) => tools.log.warn({ err: error }, 'deliveries wait for the sweeper'));
}
