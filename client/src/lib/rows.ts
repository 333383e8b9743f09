/** What *Records to Display per Page* may be. */
export const ROWS_PER_PAGE = [25, 50, 100, 200] as const;
