import type { ActivityEntry } from '#contract/activity.ts';
import { activity as words } from '#lib/words/en/activity.ts';

export type Family = ActivityEntry['family'];
export const isFamily = (word: string | undefined): word is Family => word !== undefined && Object.hasOwn(words.families, word);
