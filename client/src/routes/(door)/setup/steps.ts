/** The steps of set-up, in order; each has an address of its own. */
export const STEPS = ['checks', 'you', 'organisation', 'factor', 'mail', 'done'] as const;
export type Step = (typeof STEPS)[number];

export const isStep = (text: string | null): text is Step => STEPS.some(step => step === text);
