/** Width and height of every picture that is kept, in pixels. */
export const SIDE = 256;
export const MOST_PIXELS = 25_000_000;
/** How the decoder ends. */
export const ENDS = { done: 0, unreadable: 10, tooManyPixels: 11, animated: 12 } as const;
