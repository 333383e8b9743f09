import { widget } from './_widget.ts';
import { later } from '../words/say.ts';

export default widget({
  id: 'staff-online',
  title: later('Staff Online'),
  description: later('Who has the admin area open, since when and where.'),
  view: 'people',
  rows: 6,
  weight: 10,
  needs: 'presence.view',
  live: 'roster',
});
