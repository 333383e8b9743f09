/** Refused wherever a password is set, never where one is checked: systems that encode HTML on input break on them. */
export const FORBIDDEN_PASSWORD_CHARACTERS = ['&', '"', "'", '<', '>'] as const;
export const MIN_PASSWORD_LENGTH = 12;
/** In code points of the NFC form. */
export const MAX_PASSWORD_LENGTH = 256;
/** In bytes of UTF-8. */
export const PASSWORD_BYTES = 1024;
/** No flags: with `i` and `u` together the Kelvin sign and the long s would pass. */
export const USERNAME = /^[A-Za-z][A-Za-z0-9]{0,31}$/;
export const INVITATION_HOURS = 168;
export const RESENDS_A_DAY = 5;
/** How long a link is good that sets a new password. */
export const RESET_MINUTES = 30;
