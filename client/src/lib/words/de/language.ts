import type { Language } from '#contract/languages.ts';

export const language: Language = 'de';
export const locale: string = 'de-DE';
export const justNow: string = 'jetzt';
