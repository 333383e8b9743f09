/** In a rule: every event of the organisation's own. */
export const ANY_CUSTOM = 'custom.*';

/** Whether a rule for these events looks at one of this type. */
export const listensTo = (events: readonly string[], type: string): boolean =>
  events.includes(type) || (type.startsWith('custom.') && events.includes(ANY_CUSTOM));
