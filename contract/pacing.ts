import { z } from 'zod';

/** A time of day on the organisation's clock, such as `07:30`. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day, such as 07:30.');

const quiet = z
  .strictObject({
    /** The first quiet minute, and the first that is not; an end before the beginning is on the next day. */
    from: timeOfDay,
    to: timeOfDay,
    /** `hold`: it goes out when the quiet hours end. `drop`: it does not. */
    then: z.enum(['hold', 'drop']),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], error: 'Choose an end that differs from the beginning.' });
/** At most so many messages in any so many minutes; one summary names how many were held. */
const throttle = z.strictObject({
  most: z.int('A whole number.').min(1, 'At least 1.').max(1000, 'At most 1,000.'),
  minutes: z.int('A whole number.').min(1, 'At least a minute.').max(1440, 'At most 1,440 minutes, which is a day.'),
});
/** All that happened since the last one in one message, on the hour or once a day. */
const digest = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('hour') }),
  z.strictObject({ every: z.literal('day'), at: timeOfDay }),
]);

/** When a rule may not send as things happen; hours are those of the organisation's time zone. */
export const pacing = z
  .strictObject({ quiet: quiet.nullable(), throttle: throttle.nullable(), digest: digest.nullable() })
  .refine(given => given.throttle === null || given.digest === null, {
    path: ['throttle'],
    error: 'A digest is one message already: choose one or the other.',
  });
export type Pacing = z.infer<typeof pacing>;
export const UNPACED: Pacing = { quiet: null, throttle: null, digest: null };
