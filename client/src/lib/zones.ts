/** Every time zone the browser knows, by its IANA name. */
export const zones = (): string[] => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].sort();

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
