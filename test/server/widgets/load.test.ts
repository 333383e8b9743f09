import { expect, test } from 'vitest';
import { EVENT_TYPES } from '#contract/events.ts';
import { isPermission } from '#contract/permissions.ts';
import { loadWidgets } from '#server/widgets/_load.ts';

test('every widget of ours names rights and events that there are, and has a way to stay current', async () => {
  const widgets = [...(await loadWidgets()).values()];
  expect(widgets.length).toBeGreaterThan(0);
  for (const { id, describe, refreshOn, every, load } of widgets) {
    expect(isPermission(describe.needs), id).toBe(true);
    for (const type of refreshOn) expect(['*', ...EVENT_TYPES], id).toContain(type);
    expect(load === undefined || refreshOn.length > 0 || every !== undefined, id).toBe(true);
  }
});
