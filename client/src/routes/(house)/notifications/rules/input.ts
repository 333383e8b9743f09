import type { RuleInput, RuleView } from '#contract/notifications.ts';

/** What a rule is made of, out of all that is shown of it. */
export const inputOf = ({ name, enabled, events, match, conditions, provider, target, text, pacing }: RuleView): RuleInput => ({
  name,
  enabled,
  events,
  match,
  conditions,
  provider,
  target,
  text,
  pacing,
});
