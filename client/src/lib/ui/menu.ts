import type { Snippet } from 'svelte';

export interface MenuItem {
  label: string;
  run: () => void;
  danger?: boolean;
  /** Shown at the right: "G D". */
  keys?: string;
  /** Absent actions are left out; one that stands but cannot be used says why in its label. */
  disabled?: boolean;
}

export interface MenuListProps {
  open: boolean;
  label: string;
  items: MenuItem[];
  /** Opened by a key: then its first entry takes the focus. */
  byKey: boolean;
  /** The button it belongs to. */
  anchor: HTMLButtonElement;
  head?: Snippet | undefined;
}
