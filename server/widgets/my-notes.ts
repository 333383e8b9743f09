import { widget } from './_widget.ts';
import { later } from '../words/say.ts';

export default widget({
  id: 'my-notes',
  title: later('My notes'),
  description: later('What you note for yourself. It is saved as you type, and nobody else sees it.'),
  view: 'notes',
  rows: 8,
  weight: 85,
  needs: 'dashboard.view',
  live: 'notes',
});
