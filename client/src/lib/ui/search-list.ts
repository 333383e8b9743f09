/** Something to be found and chosen. */
export interface SearchItem {
  /** Told apart by this; it is searched as well. */
  value: string;
  label: string;
  /** Keys that do the same, one after the other. */
  keys?: string | undefined;
  run: () => void;
}
