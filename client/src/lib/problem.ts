import type { ProblemCode, ProblemDocument } from '#contract/problems.ts';
import { shared as words } from './words/en/shared.ts';

/** The server refused, with the reason it gave. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  /** What it means in this case, where there is more to say than what the code says. */
  readonly detail: string | undefined;
  /** A sentence a person can use. */
  readonly sentence: string;
  /** Fields at fault by their path, each with a sentence. */
  readonly fields: Record<string, string>;
  readonly missing: ProblemDocument['missing'];
  /** When somebody ended the session (ISO 8601). */
  readonly at: string | undefined;
  /** In seconds. */
  readonly retryAfter: number | undefined;
  readonly invitation: ProblemDocument['invitation'];
  /** For a username that is taken: others that are free. */
  readonly suggestions: readonly string[];
  readonly requestId: string;

  constructor(document: ProblemDocument) {
    super(document.code);
    this.name = 'ApiProblem';
    this.status = document.status;
    this.code = document.code;
    this.detail = document.detail;
    this.sentence = document.detail ?? document.title;
    this.fields = document.fields ?? {};
    this.missing = document.missing;
    this.at = document.at;
    this.retryAfter = document.retryAfter;
    this.invitation = document.invitation;
    this.suggestions = document.suggestions ?? [];
    this.requestId = document.requestId;
  }
}

/** There was no answer at all: the network, or the server is gone. */
export class NoAnswer extends Error {
  constructor(options?: ErrorOptions) {
    super('no answer', options);
    this.name = 'NoAnswer';
  }
}

/** The browser, or the person in it, did not do what it was asked. */
export class BrowserRefusal extends Error {}

/** One sentence for whatever went wrong. What we did not foresee is thrown on: it is a bug, not a state. */
export function explain(error: unknown): string {
  if (error instanceof ApiProblem) return error.sentence;
  if (error instanceof NoAnswer) return words.noAnswer;
  if (error instanceof BrowserRefusal) return error.message;
  throw error;
}
