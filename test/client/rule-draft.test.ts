import { afterEach, expect, test } from 'vitest';
import type { RuleInput } from '#contract/notifications.ts';
import { RuleDraft, emptyRule, emptyTarget, isTarget, normal } from '../../client/src/routes/(house)/notifications/rules/draft.svelte.ts';
import { KeptDraft } from '../../client/src/routes/(house)/notifications/rules/kept-draft.ts';

const rule: RuleInput = {
  ...emptyRule,
  name: 'Large orders',
  events: ['order.placed'],
  targets: [
    { provider: 'slack', target: { channel: 'C000001' } },
    { provider: 'hipchat', target: { room: '7', color: 'red' } },
  ],
};
const sent = (draft: RuleDraft) => JSON.stringify(draft.input([]));

afterEach(() => localStorage.clear());

test('a rule that is only looked at is sent as it is stored; a target more, and one less, is a change', () => {
  const draft = new RuleDraft(rule);
  const stored = JSON.stringify(normal(rule, []));
  expect(sent(draft)).toBe(stored);
  draft.targets.push(emptyTarget());
  expect(sent(draft)).not.toBe(stored);
  draft.targets.pop();
  expect(sent(draft)).toBe(stored);
  draft.targets.splice(0, 1);
  expect(draft.input([]).targets).toEqual([rule.targets[1]]);
  expect(draft.isCountable).toBe(true);
});

test('a target is known again whatever the order of its fields, and not as another provider’s', () => {
  const [, room] = new RuleDraft(rule).targets;
  const is = (provider: string, target: Record<string, unknown>) => room !== undefined && isTarget(room, { provider, target });
  expect(is('hipchat', { color: 'red', room: '7' })).toBe(true);
  expect(is('webhook', { color: 'red', room: '7' })).toBe(false);
  expect(is('hipchat', { room: '7' })).toBe(false);
});

test('what was typed is kept with all its targets, and a draft of an older shape is not taken up', () => {
  const kept = new KeptDraft('ana', 'new');
  kept.write(rule);
  expect(kept.read()?.input).toEqual(rule);
  const { targets, ...rest } = rule;
  for (const input of [
    { ...rest, ...targets[0] },
    { ...rest, targets: [] },
    { ...rest, targets: [{ provider: 'slack' }] },
  ]) {
    localStorage.setItem('rule-draft:ana:new', JSON.stringify({ at: 1, input }));
    expect(kept.read()).toBeUndefined();
  }
});
