/** Something that can be done by keys, from the palette, and that stands in the list of shortcuts. */
export interface Command {
  label: string;
  /** Heading it stands under. */
  group: string;
  /** Keys one after the other: "g d", "i", "?". */
  keys?: string;
  run: () => void;
}

/** What can be done here and now: the frame adds its own, a page adds what only it can do. */
class Commands {
  #sets = $state.raw<readonly (() => Command[])[]>([]);
  readonly all = $derived(this.#sets.flatMap(set => set()));

  /** @returns how to take them away again; from a component: `onMount(() => commands.offer(() => […]))`. */
  offer(set: () => Command[]): () => void {
    this.#sets = [...this.#sets, set];
    return () => {
      this.#sets = this.#sets.filter(one => one !== set);
    };
  }
}
export const commands = new Commands();
