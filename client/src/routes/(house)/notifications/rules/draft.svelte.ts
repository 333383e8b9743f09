import type { RuleInput, RuleTarget } from '#contract/notifications.ts';
import { conditionsOf, isWhole, itemOf, type CatalogueField, type ClauseOrGroup } from '#lib/rule-clauses.ts';
import type { FormValues } from '#lib/ui/json-schema.ts';
import { PacingDraft, UNPACED } from './pacing.svelte.ts';
import { filledIn, isPlain } from '#lib/ui/form-values.ts';

export const emptyRule: RuleInput = {
  name: '',
  enabled: true,
  events: [],
  match: 'all',
  conditions: [],
  targets: [{ provider: '', target: {} }],
  text: null,
  pacing: UNPACED,
};

/** A stored rule as an untouched draft would send it, for telling whether anything was changed: the order of names may differ. */
export const normal = ({ conditions, targets, ...rest }: RuleInput, fields: readonly CatalogueField[]): RuleInput => ({
  name: rest.name,
  enabled: rest.enabled,
  events: rest.events,
  match: rest.match,
  conditions: conditionsOf(conditions.map(itemOf), fields),
  targets: targets.map(target => sentAs(targetOf(target))),
  text: rest.text,
  pacing: new PacingDraft(rest.pacing).value,
});

/** A target while it is being chosen. */
export interface TargetDraft {
  /** For the page alone. */
  key: number;
  provider: string;
  values: FormValues;
}
let keys = 0;
const targetOf = ({ provider, target }: RuleTarget): TargetDraft => ({
  key: (keys += 1),
  provider,
  values: Object.fromEntries(Object.entries(target).map(([name, value]) => [name, isPlain(value) ? value : String(value)])),
});
export const emptyTarget = (): TargetDraft => targetOf({ provider: '', target: {} });
const sentAs = ({ provider, values }: TargetDraft): RuleTarget => ({ provider, target: filledIn(values) });
const sorted = ({ provider, target }: RuleTarget): string => JSON.stringify([provider, ...Object.entries(target).toSorted()]);
/** Whether what is being chosen is a target that is stored, whatever the order of their names. */
export const isTarget = (draft: TargetDraft, stored: RuleTarget): boolean => sorted(sentAs(draft)) === sorted(sentAs(targetOf(stored)));

/** A rule while it is being written. */
export class RuleDraft {
  name = $state('');
  enabled = $state(true);
  events = $state.raw<readonly string[]>([]);
  match = $state<RuleInput['match']>('all');
  clauses = $state<ClauseOrGroup[]>([]);
  targets = $state<TargetDraft[]>([]);
  /** Whether it has a text of its own; what was typed stays when it is put aside. */
  own = $state(false);
  text = $state('');
  readonly pacing = new PacingDraft();

  constructor(input: RuleInput) {
    this.take(input);
  }

  take(input: RuleInput): void {
    this.name = input.name;
    this.enabled = input.enabled;
    this.events = input.events;
    this.match = input.match;
    this.clauses = input.conditions.map(itemOf);
    this.targets = input.targets.map(targetOf);
    this.own = input.text !== null;
    this.text = input.text ?? '';
    this.pacing.take(input.pacing);
  }

  /** As it is sent. @param fields what the chosen events can be asked for */
  input(fields: readonly CatalogueField[]): RuleInput {
    return {
      name: this.name.trim(),
      enabled: this.enabled,
      events: [...this.events],
      match: this.match,
      conditions: conditionsOf(this.clauses, fields),
      targets: this.targets.map(sentAs),
      text: this.own ? this.text.trim() : null,
      pacing: this.pacing.value,
    };
  }

  /** Whether it can be tried on past events: what happens is chosen, and no condition is half written. */
  get isCountable(): boolean {
    return this.events.length > 0 && this.clauses.every(isWhole);
  }
}
