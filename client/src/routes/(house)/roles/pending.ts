import { type Permission, PERMISSIONS, closure, right } from '#contract/permissions.ts';
import { roles } from '#lib/words/en/roles.ts';
import { type Settings, changeOf } from './draft.svelte.ts';

/** One line of what changed: granted, taken away, or set otherwise. */
export interface PendingLine {
  sign: '+' | '−' | '~';
  text: string;
  /** The right that brings it along. */
  along?: string;
}

const words = roles.editor;

/** What differs between two states of a role, in words: rights with those they bring, then settings. */
export function linesBetween(base: Settings, now: Settings): PendingLine[] {
  const [was, is] = [closure(base.permissions), closure(now.permissions)];
  const along = (id: Permission, granting: readonly Permission[]): { along?: string } => {
    const by = granting.includes(id) ? undefined : granting.find(one => closure([one]).has(id));
    return by === undefined ? {} : { along: words.comesAlong(right(by).label) };
  };
  const rights = PERMISSIONS.flatMap((id): PendingLine[] => {
    if (was.has(id) === is.has(id)) return [];
    return is.has(id)
      ? [{ sign: '+', text: right(id).label, ...along(id, now.permissions) }]
      : [{ sign: '−', text: right(id).label, ...along(id, base.permissions) }];
  });
  return [...rights, ...settingsBetween(base, now)];
}

function settingsBetween(base: Settings, now: Settings): PendingLine[] {
  const change = changeOf(base, now);
  const { settings } = words;
  const texts = [
    change.name === undefined ? undefined : settings.name(change.name),
    change.description === undefined ? undefined : settings.description(),
    change.messageTypes === undefined ? undefined : settings.messageTypes(change.messageTypes.map(type => roles.message[type])),
    change.secondFactorDemanded === undefined ? undefined : settings.secondFactorDemanded(change.secondFactorDemanded),
    change.secondFactorGraceDays === undefined ? undefined : settings.secondFactorGraceDays(change.secondFactorGraceDays),
    change.keepSignedIn === undefined ? undefined : settings.keepSignedIn(change.keepSignedIn),
  ];
  return texts.flatMap(text => (text === undefined ? [] : [{ sign: '~' as const, text }]));
}
