import { widget } from './_widget.ts';
import { later } from '../words/say.ts';

export default widget({
  id: 'needs-attention',
  title: later('Needs attention'),
  description: later('What waits for you, each with the way to its cure. You see what you may act on.'),
  view: 'list',
  rows: 6,
  weight: 20,
  needs: 'dashboard.view',
  live: 'parts',
});
