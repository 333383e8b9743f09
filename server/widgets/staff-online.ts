import { widget } from './_widget.ts';

export default widget({
  id: 'staff-online',
  title: 'Staff Online',
  description: 'Who has the admin area open, since when and where.',
  view: 'people',
  rows: 6,
  weight: 10,
  needs: 'presence.view',
  live: 'roster',
});
