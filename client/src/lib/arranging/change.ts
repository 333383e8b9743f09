import { toast } from '../ui/toast.ts';
import { arranging as words } from '../words/en/arranging.ts';
import { arranger } from './arranger.svelte.ts';
import { collapsed, hidden } from './moves.ts';

/** Hides a widget, and offers to take that back; says so where it could not be saved. */
export async function hide(id: string, title: string): Promise<void> {
  await arranger.change(now => hidden(now, id));
  await tell(words.isHidden(title));
}

export async function collapse(id: string, to: boolean): Promise<void> {
  await arranger.change(now => collapsed(now, id, to));
  await tell();
}

/** Outside the editor there is no other place that says what became of a change. */
async function tell(done?: string): Promise<void> {
  if (arranger.theirs) await toast(words.elsewhere, { action: { label: words.keepMine, run: () => void arranger.keepMine() } });
  else if (arranger.refusal) await toast(words.takenBack(arranger.refusal));
  else if (done !== undefined) await toast(done, { action: { label: words.undo, run: () => void arranger.undo() } });
}
