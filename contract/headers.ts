/**
 * Header of a request that nobody at the page caused: it was made after news, or because its time had come. It says `1` and does not
 * prolong a login session, so that a page that is left open ends however busy it is.
 */
export const BY_ITSELF = 'quarterdeck-by-itself';
