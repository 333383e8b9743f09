import { widget } from './_widget.ts';
import { later } from '../words/say.ts';

export default widget({
  id: 'todos',
  title: later('To-do'),
  description: later('What you are to do, and what those who share to-dos are: the most pressing first.'),
  view: 'todos',
  rows: 6,
  weight: 25,
  needs: 'dashboard.view',
  live: 'todos',
});
