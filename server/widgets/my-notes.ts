import { widget } from './_widget.ts';

export default widget({
  id: 'my-notes',
  title: 'My notes',
  description: 'What you note for yourself. It is saved as you type, and nobody else sees it.',
  view: 'notes',
  rows: 8,
  weight: 85,
  needs: 'dashboard.view',
  live: 'notes',
});
