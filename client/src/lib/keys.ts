/** How long a sequence such as `g d` waits for its next key. */
const PATIENCE_MS = 1000;

let on = true;
/** Single letters can be switched off, since speech input and shaking hands press them by accident. The person's own choice. */
export const singleKeys = (): boolean => on;
export const switchSingleKeys = (next: boolean): void => void (on = next);

/** Whether what is typed goes into something. */
const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'));

interface Keyed {
  keys?: string;
  run: () => void;
}

/**
 * Runs commands by their keys. `handle` takes a key and says whether it belonged to a command.
 * A key that begins a longer sequence waits for the next one.
 */
export class KeySequence {
  #typed: string[] = [];
  #at = 0;

  handle(key: string, commands: readonly Keyed[], now: number): boolean {
    if (now - this.#at > PATIENCE_MS) this.#typed = [];
    this.#at = now;
    // A sequence that leads nowhere begins anew with its last key.
    for (const typed of [[...this.#typed, key], [key]]) {
      const text = typed.join(' ');
      const hit = commands.find(({ keys }) => keys === text);
      const begun = commands.some(({ keys }) => keys?.startsWith(`${text} `));
      this.#typed = hit || !begun ? [] : typed;
      hit?.run();
      if (hit || begun) return true;
    }
    return false;
  }
}

/** Whether a key press may be a shortcut: no field has it, no modifier is held, no dialog is open, and single keys are on. */
export const mayBeShortcut = (event: KeyboardEvent): boolean =>
  !event.defaultPrevented &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !takesText(event.target) &&
  document.querySelector('dialog[open], [role=menu]') === null &&
  singleKeys();
