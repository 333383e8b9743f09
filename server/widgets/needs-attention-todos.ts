import { widget } from './_widget.ts';
import { later } from '../words/say.ts';

export default widget({
  id: 'needs-attention-todos',
  title: later('Needs attention: to-dos'),
  description: later('Your to-dos, and shared ones that wait for you or for anybody, which are due today or overdue.'),
  view: 'todos',
  needs: 'dashboard.view',
  partOf: 'needs-attention',
  live: 'todos',
});
