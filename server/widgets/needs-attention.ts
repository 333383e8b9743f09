import { widget } from './_widget.ts';

export default widget({
  id: 'needs-attention',
  title: 'Needs attention',
  description: 'What waits for you, each with the way to its cure. You see what you may act on.',
  view: 'list',
  rows: 6,
  weight: 20,
  needs: 'dashboard.view',
  live: 'parts',
});
