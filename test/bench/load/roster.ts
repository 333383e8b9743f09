import { z } from 'zod';
import { rosterRow, rosterSnapshot } from '#contract/presence.ts';

const message = z.union([
  z.tuple([z.literal('presence:roster'), rosterSnapshot]),
  z.tuple([
    z.literal('presence:changed'),
    z.object({ epoch: z.string(), version: z.int(), changed: z.array(rosterRow), gone: z.array(z.string()) }),
  ]),
]);

/** Who one client shows as online. */
export interface Shown {
  epoch: string;
  version: number;
  /** Sorted. */
  ids: string[];
}

/** What a client shows after it was told all this: the latest whole roster, then each difference. Packets of other kinds are passed over. */
export function rosterAfter(packets: readonly string[]): Shown {
  let [epoch, version, ids] = ['', 0, new Set<string>()];
  for (const packet of packets.filter(text => text.startsWith('2["presence:'))) {
    const [, told] = message.parse(JSON.parse(packet.slice(1)));
    if ('people' in told) ids = new Set(told.people.map(({ id }) => id));
    else {
      for (const { id } of told.changed) ids.add(id);
      for (const id of told.gone) ids.delete(id);
    }
    ({ epoch, version } = told);
  }
  return { epoch, version, ids: [...ids].sort() };
}
