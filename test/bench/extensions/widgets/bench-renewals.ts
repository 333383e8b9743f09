import { widget } from 'quarterdeck/widget';

/** Rows that bring a snapshot to about 3.4 KB, which is much for a widget. */
const ROWS = 28;

/** An operator's widget, as any could add it: it counts the one event that nothing else on the dashboard shows. */
export default widget({
  id: 'bench-renewals',
  title: 'Renewals',
  view: 'table',
  needs: 'dashboard.view',
  refreshOn: ['domain.renewed'],
  load: async ({ query }) => {
    const [counted] = await query<{ renewals: number }>(`select count(*)::int as renewals from event where type = 'domain.renewed'`);
    const rows = Array.from({ length: ROWS }, (_, row) => ({
      cells: {
        place: row + 1,
        domain: `domain-${row}.example.com`,
        registrar: 'A registrar with a long name',
        renewals: counted?.renewals ?? null,
      },
    }));
    return {
      columns: [
        { key: 'place', label: 'Place', kind: 'number' },
        { key: 'domain', label: 'Domain', kind: 'mono' },
        { key: 'registrar', label: 'Registrar', kind: 'text' },
        { key: 'renewals', label: 'Renewals', kind: 'number' },
      ],
      rows,
      empty: 'No domains',
    };
  },
});
