import { problemTitles } from './words/en/problems.ts';

/** Every way to fail: the code programs rely on, its HTTP status, and the sentence a person reads. */
export const problems = {
  malformed_json: { status: 400, title: problemTitles.malformed_json },
  bad_request: { status: 400, title: problemTitles.bad_request },
  signed_out: { status: 401, title: problemTitles.signed_out },
  wrong_credentials: { status: 401, title: problemTitles.wrong_credentials },
  bad_api_key: { status: 401, title: problemTitles.bad_api_key },
  foreign_origin: { status: 403, title: problemTitles.foreign_origin },
  forbidden: { status: 403, title: problemTitles.forbidden },
  beyond_your_rights: { status: 403, title: problemTitles.beyond_your_rights },
  wrong_password: { status: 403, title: problemTitles.wrong_password },
  wrong_code: { status: 403, title: problemTitles.wrong_code },
  confirmation_needed: { status: 403, title: problemTitles.confirmation_needed },
  second_factor_needed: { status: 403, title: problemTitles.second_factor_needed },
  second_factor_missing: { status: 403, title: problemTitles.second_factor_missing },
  password_change_needed: { status: 403, title: problemTitles.password_change_needed },
  stronger_than_you: { status: 403, title: problemTitles.stronger_than_you },
  not_yourself: { status: 403, title: problemTitles.not_yourself },
  not_found: { status: 404, title: problemTitles.not_found },
  method_not_allowed: { status: 405, title: problemTitles.method_not_allowed },
  conflict: { status: 409, title: problemTitles.conflict },
  already_invited: { status: 409, title: problemTitles.already_invited },
  already_admin: { status: 409, title: problemTitles.already_admin },
  username_taken: { status: 409, title: problemTitles.username_taken },
  email_taken: { status: 409, title: problemTitles.email_taken },
  name_taken: { status: 409, title: problemTitles.name_taken },
  signed_in_already: { status: 409, title: problemTitles.signed_in_already },
  invitation_closed: { status: 409, title: problemTitles.invitation_closed },
  provider_inactive: { status: 409, title: problemTitles.provider_inactive },
  job_busy: { status: 409, title: problemTitles.job_busy },
  not_replayable: { status: 409, title: problemTitles.not_replayable },
  in_use: { status: 409, title: problemTitles.in_use },
  built_in: { status: 409, title: problemTitles.built_in },
  last_superadmin: { status: 409, title: problemTitles.last_superadmin },
  dead_link: { status: 410, title: problemTitles.dead_link },
  setup_closed: { status: 410, title: problemTitles.setup_closed },
  too_large: { status: 413, title: problemTitles.too_large },
  bad_picture: { status: 415, title: problemTitles.bad_picture },
  not_json: { status: 415, title: problemTitles.not_json },
  wrong_host: { status: 421, title: problemTitles.wrong_host },
  invalid: { status: 422, title: problemTitles.invalid },
  test_failed: { status: 422, title: problemTitles.test_failed },
  too_many_tries: { status: 429, title: problemTitles.too_many_tries },
  too_many_requests: { status: 429, title: problemTitles.too_many_requests },
  resent_too_often: { status: 429, title: problemTitles.resent_too_often },
  internal: { status: 500, title: problemTitles.internal },
  unavailable: { status: 503, title: problemTitles.unavailable },
  busy: { status: 503, title: problemTitles.busy },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;
// the names of an object that is closed above are just its keys
export const PROBLEM_CODES = Object.keys(problems) as ProblemCode[];

/** `application/problem+json` (RFC 9457) as this API sends it. */
export interface ProblemDocument {
  type: 'about:blank';
  title: string;
  status: number;
  code: ProblemCode;
  /** What it means in this case, where there is more to say. */
  detail?: string;
  /** Fields at fault by their path (`facts.amount`), each with a sentence. */
  fields?: Record<string, string>;
  /** For 403: the permission that is missing, and who could change that. */
  missing?: { permission: string; label: string; roles: string[]; people: string[] };
  /** For a session that somebody ended: when (ISO 8601). */
  at?: string;
  /** Seconds until a new try is worth it; stands in `Retry-After` too. */
  retryAfter?: number;
  /** For a dead invitation link that once existed. */
  invitation?: { state: string; organisation: string; inviter: string; at: string; asked: boolean };
  /** For a username that is taken: others that are free. */
  suggestions?: string[];
  /** Looks this failure up in the server's log. */
  requestId: string;
}
