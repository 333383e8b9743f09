import type { Snippet } from 'svelte';

/** One column of a `DataTable`. */
export interface Column<Row> {
  id: string;
  head: string;
  cell: Snippet<[Row]>;
  /** The name the server sorts by; without it the head is no button. */
  sort?: string;
  /** Figures stand at the right. */
  end?: boolean;
  /** Kept on a phone, where only the first column and these remain: lamps, ages. */
  phone?: boolean;
}

/** `name` or `-name`, as it stands in the URL. */
export const flipped = (sort: string | undefined, column: string): string => (sort === column ? `-${column}` : column);

export const ariaSort = (sort: string | undefined, column: string): 'ascending' | 'descending' | 'none' =>
  sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none';
