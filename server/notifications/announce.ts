import type { EntityManager } from '@mikro-orm/postgresql';
import { room } from '../platform/live/rooms.ts';
import type { Tools } from '../platform/tools.ts';
import { Delivery } from './Delivery.ts';
import { type Standing, presentDeliveryRow, presentStanding } from './present.ts';
import type { Sending } from './sending.ts';
import { toldInEach } from '../words/told.ts';

const ROWS_AT_ONCE = 100;

/**
 * Tells those who may see the delivery log of one that was loaded with its event and rule.
 * @param standing how it stands, where that is newer than what was loaded
 */
export const announceLoaded = ({ broadcast }: Pick<Tools, 'broadcast'>, delivery: Sending, standing: Standing = delivery): void =>
  broadcast.send(room.may('deliveries.view'), 'deliveries:changed', [
    toldInEach(() => ({ ...presentDeliveryRow(delivery), ...presentStanding(standing) })),
  ]);

/** Tells those who may see the delivery log how deliveries stand now. */
export async function announce(em: EntityManager, { broadcast }: Pick<Tools, 'broadcast'>, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
    const some = ids.slice(from, from + ROWS_AT_ONCE);
    const rows = await em.fork().find(Delivery, { id: { $in: some } }, { populate: ['event', 'rule'], orderBy: { id: 'asc' } });
    if (rows.length > 0)
      broadcast.send(
        room.may('deliveries.view'),
        'deliveries:changed',
        rows.map(row => toldInEach(() => presentDeliveryRow(row))),
      );
  }
}
