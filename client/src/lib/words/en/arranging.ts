const plural = new Intl.PluralRules('en-GB');
const people = (n: number): string => `${n} ${plural.select(n) === 'one' ? 'person' : 'people'}`;
const rows = (n: number): string => `${n} ${plural.select(n) === 'one' ? 'row' : 'rows'}`;
const columns = (n: number): string => `${n} ${plural.select(n) === 'one' ? 'column' : 'columns'}`;
const all = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** What is said while somebody arranges the dashboard. */
export const arranging = {
  region: 'Edit layout',
  help: 'Drag a widget by its grip, or focus the grip: arrows move it, Shift and arrows resize it, Delete hides it.',
  helpPhone: 'The order here is the order of reading, on every screen.',
  done: 'Done',
  undo: 'Undo',
  add: 'Add widgets',
  reset: 'Reset to default',
  source: {
    product: () => 'This is the order that Quarterdeck comes with. Your first change makes it your own.',
    roles: (roles: string[]) =>
      roles.length === 1
        ? `This is the default of ${all.format(roles)}. Your first change makes it your own.`
        : `These are the defaults of ${all.format(roles)} as one: each widget stands as high as the role that puts it highest. Your first change makes it your own.`,
    own: () => 'This order is your own, on every machine.',
  },
  grip: (title: string) => `Move or resize ${title}`,
  corner: (title: string) => `Resize ${title} by dragging`,
  earlier: 'Move earlier',
  later: 'Move later',
  up: (title: string) => `Move ${title} up`,
  down: (title: string) => `Move ${title} down`,
  hideIt: (title: string) => `Hide ${title}`,
  wider: 'Make wider',
  narrower: 'Make narrower',
  taller: 'Make taller',
  shorter: 'Make shorter',
  isAt: (title: string, place: number, of: number) => `${title} is at place ${place} of ${of}.`,
  isSized: (title: string, wide: number, high: number) => `${title} is ${columns(wide)} wide and ${rows(high)} high.`,
  isHidden: (title: string) => `${title} is hidden.`,
  undone: 'Undone.',
  elsewhere: 'Your dashboard was arranged in another tab meanwhile.',
  useTheirs: 'Use that one',
  keepMine: 'Keep this one',
  takenBack: (why: string) => `The change was taken back: ${why}`,
  gallery: {
    title: 'Add widgets',
    search: 'Search widgets',
    nothing: 'No widget is called so.',
    add: 'Add',
    addIt: (title: string) => `Add ${title}`,
    placed: 'On your dashboard',
    size: (wide: number, high: number) => `${columns(wide)}, ${rows(high)}`,
    preview: (title: string) => `Preview of ${title}`,
    failing: (since: string) => `Failing since ${since}:`,
    included: 'Included',
    extensions: 'Extensions',
    from: (file: string) => `From ${file}.`,
    replaces: (file: string, title: string) => `From ${file}, in the place of the included “${title}”.`,
  },
  publish: {
    open: 'Publish as default…',
    title: 'Publish this as a default dashboard',
    text: 'Whoever holds the role and has not arranged a dashboard of their own sees this one, at once.',
    counts: (followers: number, keepers: number) =>
      `${people(followers)} ${followers === 1 ? 'uses' : 'use'} the default${keepers === 0 ? '' : `; ${keepers} ${keepers === 1 ? 'has' : 'have'} their own and ${keepers === 1 ? 'keeps' : 'keep'} it`}`,
    by: (name: string, age: string) => `published by ${name}, ${age}`,
    none: 'no default yet',
    publish: 'Publish',
    publishFor: (role: string) => `Publish for ${role}`,
    withdraw: 'Withdraw',
    withdrawFor: (role: string) => `Withdraw the default of ${role}`,
    published: (role: string) => `Published for ${role}.`,
    withdrawn: (role: string) => `Withdrawn for ${role}.`,
  },
};
