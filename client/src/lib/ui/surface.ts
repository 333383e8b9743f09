import type { ProblemDocument } from '#contract/problems.ts';
import type { When } from '#lib/clock.svelte.ts';
import { ApiProblem, explain } from '#lib/problem.ts';

/** Why a read did not work, as a person can use it. */
export interface Failure {
  /** When it failed; without it, when the data was last good. */
  at?: When | undefined;
  /** In plain words. */
  cause: string;
  /** As a program says it, shown in mono. */
  code?: string | undefined;
  /** One link that may cure it; the address is resolved. */
  cure?: { label: string; href: string } | undefined;
}

/** What is missing, which roles grant it, and who could give it. */
export type Denial = NonNullable<ProblemDocument['missing']>;

export const failureOf = (error: unknown): Failure => ({
  cause: explain(error),
  code: error instanceof ApiProblem ? error.code : undefined,
});
