import { ERROR_500, type Fault, HALF_JSON, HTML_502, SLOW } from './counterpart.ts';
import { refusal } from './slack.ts';

/** The ways to go wrong that can be asked for by name. Each is what the next messages meet, in order. */
export const WAYS: Readonly<Record<string, readonly Fault[]>> = {
  slow: [SLOW],
  busy: [{ status: 429, headers: { 'retry-after': '5' } }, ERROR_500],
  half: [HALF_JSON],
  html: [HTML_502],
  refused: [refusal('internal_error')],
  reset: [{ reset: true }],
};
