import { type ProblemCode, type ProblemDocument, problems } from '#contract/problems.ts';

type Extra = Partial<Pick<ProblemDocument, 'detail' | 'fields' | 'missing' | 'retryAfter' | 'at' | 'invitation' | 'suggestions'>>;

/** A failure that the caller is told about: a code from the closed list, and what there is to say in this case. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extra: Extra;
  constructor(code: ProblemCode, extra: Extra = {}, options?: ErrorOptions) {
    super(extra.detail ?? problems[code].title, options);
    this.name = 'Problem';
    this.code = code;
    this.extra = extra;
  }
  get status(): number {
    return problems[this.code].status;
  }
}

/** One field at fault. */
export const invalid = (field: string, sentence: string): Problem => new Problem('invalid', { fields: { [field]: sentence } });
