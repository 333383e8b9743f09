import { mount, unmount } from 'svelte';
import { late } from './late.ts';
import { session } from './session.svelte.ts';

/** So much of the ten minutes must be left, in ms, that what is begun now can be ended. */
const ENOUGH_MS = 60_000;

let asking: Promise<boolean> | undefined;

async function ask(): Promise<boolean> {
  const { default: ConfirmYou } = await late(import('./ui/ConfirmYou.svelte'));
  const answer = Promise.withResolvers<boolean>();
  const dialog = mount(ConfirmYou, { target: document.body, props: { answered: answer.resolve } });
  try {
    return await answer.promise;
  } finally {
    await unmount(dialog);
  }
}

/** Asks for a proof of who it is; all who ask at the same time get the one answer. @returns whether it was given */
export function confirmItIsYou(): Promise<boolean> {
  asking ??= ask().finally(() => (asking = undefined));
  return asking;
}

/**
 * Asks for it unless it was given a moment ago. For pages that lead to a dangerous act, when they open: so that nobody is asked
 * after all is filled in. @returns whether there is one
 */
export async function needConfirmation(): Promise<boolean> {
  return Date.parse(session.view.session.confirmedUntil) - Date.now() > ENOUGH_MS || confirmItIsYou();
}
