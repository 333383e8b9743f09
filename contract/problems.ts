/** Every way to fail: the code programs rely on, its HTTP status, and the sentence a person reads. */
export const problems = {
  malformed_json: { status: 400, title: 'The body is not valid JSON.' },
  bad_request: { status: 400, title: 'The request cannot be understood.' },
  signed_out: { status: 401, title: 'You are not signed in.' },
  wrong_credentials: { status: 401, title: 'That username and password do not match an active account.' },
  bad_api_key: { status: 401, title: 'This API key is unknown, expired or revoked.' },
  foreign_origin: { status: 403, title: 'This request came from another site.' },
  forbidden: { status: 403, title: 'You may not do this.' },
  beyond_your_rights: { status: 403, title: 'These roles grant more than you hold yourself.' },
  wrong_password: { status: 403, title: 'That is not your current password.' },
  wrong_code: { status: 403, title: 'This code is not right.' },
  confirmation_needed: { status: 403, title: 'Confirm that it is you.' },
  second_factor_needed: { status: 403, title: 'Give your second factor first.' },
  second_factor_missing: { status: 403, title: 'Your role asks for a second factor. Set one up first.' },
  password_change_needed: { status: 403, title: 'Choose a new password first.' },
  stronger_than_you: { status: 403, title: 'This person holds more than you do.' },
  not_yourself: { status: 403, title: 'You cannot do this to your own account.' },
  not_found: { status: 404, title: 'There is no such thing here.' },
  method_not_allowed: { status: 405, title: 'This address does not take that method.' },
  conflict: { status: 409, title: 'Somebody else changed this in the meantime.' },
  already_invited: { status: 409, title: 'This address has an open invitation already.' },
  already_admin: { status: 409, title: 'This address belongs to an admin already.' },
  username_taken: { status: 409, title: 'This username is taken.' },
  email_taken: { status: 409, title: 'This email address is taken.' },
  name_taken: { status: 409, title: 'This name is taken.' },
  signed_in_already: { status: 409, title: 'You are signed in with another account. Sign out first.' },
  invitation_closed: { status: 409, title: 'This invitation is no longer open.' },
  provider_inactive: { status: 409, title: 'This provider is not active. Set it up first.' },
  job_busy: { status: 409, title: 'This job is under way, or the clock brings it; it stays as it is.' },
  not_replayable: { status: 409, title: 'Only a failed or suppressed delivery can be sent again.' },
  in_use: { status: 409, title: 'Something still refers to this.' },
  built_in: { status: 409, title: 'Full Administrator is built in and cannot be changed.' },
  last_superadmin: { status: 409, title: 'There must always be a Full Administrator who can sign in.' },
  dead_link: { status: 410, title: 'This link cannot be used any more.' },
  setup_closed: { status: 410, title: 'Set-up is closed. Sign in instead.' },
  too_large: { status: 413, title: 'The body is too large.' },
  bad_picture: { status: 415, title: 'This is not a picture that can be used.' },
  not_json: { status: 415, title: 'The body must be application/json.' },
  wrong_host: { status: 421, title: 'This server does not answer for that host name.' },
  invalid: { status: 422, title: 'Some fields need another look.' },
  test_failed: { status: 422, title: 'The test did not succeed, so nothing was saved.' },
  too_many_tries: { status: 429, title: 'Too many tries.' },
  too_many_requests: { status: 429, title: 'Too many requests.' },
  resent_too_often: { status: 429, title: 'This invitation was resent five times today. Copy its link instead.' },
  internal: { status: 500, title: 'Something failed on the server. Nothing was changed.' },
  unavailable: { status: 503, title: 'The server cannot do this right now.' },
  busy: { status: 503, title: 'The server is busy. Try again in a moment.' },
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
