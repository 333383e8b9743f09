import { Pause, Refused, TryAgain } from './providers/_provider.ts';
import { say } from '../words/say.ts';

/** What came of one try. `reason` is for people; `answer` is what the service said. */
export type Outcome =
  | { kind: 'sent'; answer: string }
  | { kind: 'suppressed'; reason: string }
  | { kind: 'failed'; reason: string }
  /** `most`: the tries after which to give up, where that is sooner than usual. */
  | { kind: 'retry'; reason: string; most?: number }
  /** The service asked to be left alone for a time; no try was used. */
  | { kind: 'hold'; reason: string; ms: number }
  /** The settings are no good any more; no try was used. */
  | { kind: 'pause'; reason: string };

/** A failure as an outcome. Whatever is no verdict of the provider's may have been an accident, and is tried again. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof Refused) return { kind: 'failed', reason: error.message };
  if (error instanceof Pause) return { kind: 'pause', reason: error.message };
  if (!(error instanceof TryAgain)) return { kind: 'retry', reason: say('Something failed in Quarterdeck; its log says what.') };
  if (error.holdMs !== undefined) return { kind: 'hold', reason: error.message, ms: error.holdMs };
  return { kind: 'retry', reason: error.message, ...(error.most !== undefined && { most: error.most }) };
}

const LONGEST = 2000; // characters
const FEWEST = 4; // characters of a secret that is worth taking out

/** What may be shown of an answer: its beginning, without the secrets it may have repeated. */
export function shown(answer: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter(({ length }) => length >= FEWEST)
    .flatMap(secret => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]);
  return forms.reduce((text, form) => text.replaceAll(form, '[secret]'), answer).slice(0, LONGEST);
}
