import { widget } from './_widget.ts';

export default widget({
  id: 'needs-attention-todos',
  title: 'Needs attention: to-dos',
  description: 'Your to-dos, and shared ones that wait for you or for anybody, which are due today or overdue.',
  view: 'todos',
  needs: 'dashboard.view',
  partOf: 'needs-attention',
  live: 'todos',
});
