import { widget } from './_widget.ts';

export default widget({
  id: 'todos',
  title: 'To-do',
  description: 'What you are to do, and what those who share to-dos are: the most pressing first.',
  view: 'todos',
  rows: 6,
  weight: 25,
  needs: 'dashboard.view',
  live: 'todos',
});
