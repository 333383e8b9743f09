import type { RuleInput, RuleView } from '#contract/notifications.ts';

/** What a rule is made of, out of all that is shown of it. */
export const inputOf = ({ name, enabled, events, match, conditions, targets, text, pacing }: RuleView): RuleInput => ({
  name,
  enabled,
  events,
  match,
  conditions,
  targets: targets.map(({ provider, target }) => ({ provider, target })),
  text,
  pacing,
});
