import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PERMISSIONS, type Permission, closure } from '#contract/permissions.ts';
import { RoleDraft, changeOf, emptySettings, matches, mergeOf } from '../../client/src/routes/(house)/roles/draft.svelte.ts';
import { linesBetween } from '../../client/src/routes/(house)/roles/pending.ts';

const some = (...permissions: Permission[]) => ({ ...emptySettings, name: 'Lead', permissions });
const rights = fc.subarray([...PERMISSIONS]);

test('a right that another one brings stays until that goes too, and what brings it is named', () => {
  const draft = new RoleDraft(some('admins.invite'));
  expect(draft.has('roles.view')).toBe(true);
  expect(draft.bringing('roles.view')).toEqual(['admins.invite']);
  draft.clear(['roles.view']);
  expect(draft.has('roles.view')).toBe(true);
  expect(draft.dirty).toBe(false);
  draft.clear(['roles.view', ...draft.bringing('roles.view')]);
  expect([...draft.effective]).toEqual([]);
  draft.grant(['admins.invite']);
  expect(draft.dirty).toBe(false);
});

test('pending changes name what comes along, and settings beside rights', () => {
  const base = some('queues.view');
  const now = { ...some('admins.edit'), secondFactorDemanded: true, messageTypes: ['support' as const] };
  expect(linesBetween(base, now).map(({ sign, text, along }) => `${sign} ${text}${along ? ` (${along})` : ''}`)).toEqual([
    '− View queues',
    '+ View staff (with Edit staff)',
    '+ Edit staff',
    '+ View roles (with Edit staff)',
    '~ Messages: Support',
    '~ Asks for a second factor',
  ]);
});

test('of two who changed the same role, keeping both takes what either granted and drops what either took away', () => {
  fc.assert(
    fc.property(rights, rights, rights, (base, mine, theirs) => {
      const merged = mergeOf(some(...base), some(...mine), some(...theirs)).permissions;
      for (const id of PERMISSIONS) {
        const [was, here, there] = [base, mine, theirs].map(list => list.includes(id));
        expect(merged.includes(id), id).toBe(was === here ? there : here);
      }
      expect(new Set(merged).size).toBe(merged.length);
    }),
  );
  const merged = mergeOf(some(), { ...some(), name: 'Mine' }, { ...some(), name: 'Theirs', description: 'new' });
  expect(merged).toMatchObject({ name: 'Mine', description: 'new' });
});

test('the order in which rights are ticked is no change', () => {
  fc.assert(
    fc.property(rights, ids => {
      expect(changeOf(some(...ids), some(...ids.toReversed()))).toEqual({});
      expect(new RoleDraft(some(...ids)).effective).toEqual(closure(ids));
    }),
  );
});

test('a right is found by its name, its effect or its id', () => {
  expect(PERMISSIONS.filter(id => matches(id, 'invite STAFF'))).toEqual(['admins.invite']);
  expect(PERMISSIONS.filter(id => matches(id, 'keys.'))).toEqual(['keys.view', 'keys.edit']);
  expect(PERMISSIONS.filter(id => matches(id, 'nothing like it'))).toEqual([]);
});
