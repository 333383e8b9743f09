import type { ActivityEntry } from '#contract/activity.ts';
import type { DeliveryRow } from '#contract/deliveries.ts';
import { live } from './live.svelte.ts';

/** Many words in a row are one reading. */
const MOMENT_MS = 300;

interface Concerns {
  activity?: (entry: ActivityEntry) => boolean;
  deliveries?: (row: DeliveryRow) => boolean;
  /** A widget that is rebuilt when it happens: told to all who may see that, whatever else they may follow. */
  widget?: string;
}

/** Calls `read` a moment after the link told of something that concerns it, and after each gap. @returns what ends it. */
export function readOn(read: () => void, { activity, deliveries, widget }: Concerns): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      read();
    }, MOMENT_MS);
  };
  const ends = [
    live.follow(soon),
    ...(activity ? [live.on('activity:added', entries => void (entries.some(activity) && soon()))] : []),
    ...(deliveries ? [live.on('deliveries:changed', rows => void (rows.some(deliveries) && soon()))] : []),
    ...(widget ? [live.on('widgets:refreshed', snapshots => void (snapshots.some(({ id }) => id === widget) && soon()))] : []),
    () => clearTimeout(timer),
  ];
  return () => ends.forEach(end => end());
}

/** Nothing moves under somebody who points at a list or is in it with the keyboard. */
export const isBusy = (list: HTMLElement | undefined): boolean => list?.matches(':hover, :focus-within') ?? false;
