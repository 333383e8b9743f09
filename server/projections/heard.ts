/** By field: the stamp of the event that said last what stands there. */
export type Heard = Record<string, string>;

/**
 * When something was said: the moment, then the id of the event, so that no two are the same. Stamps sort as text. Moments are of
 * the years 0 to 9999 here, which is all that may be posted.
 */
export const stampOf = ({ at, id }: { at: Date; id: string }): string => `${at.toISOString()} ${id}`;

/**
 * Takes over what an event says, field by field, where nothing later has been heard of that field. So it does not matter in which
 * order events come, nor how often. What the event leaves out stays.
 */
export function hear<Row extends { heard: Heard }>(row: Row, said: { [Field in keyof Row]?: Row[Field] | undefined }, stamp: string): void {
  const news = Object.entries(said).filter(([field, value]) => value !== undefined && (row.heard[field] ?? '') < stamp);
  if (news.length === 0) return;
  Object.assign(row, Object.fromEntries(news));
  row.heard = { ...row.heard, ...Object.fromEntries(news.map(([field]) => [field, stamp])) };
}
