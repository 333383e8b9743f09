import { minutes, widget } from 'quarterdeck/widget';

/** Reads Quarterdeck's database: who ordered for how much in the last 30 days, each currency by itself. */
export default widget({
  id: 'orders-by-client',
  title: 'Orders by client',
  description: 'The ten who ordered most in the last 30 days, by currency.',
  view: 'table',
  columns: 2,
  rows: 6,
  needs: { label: 'View orders by client', effect: 'Sees who ordered how much in the last 30 days.' },
  refreshOn: ['order.placed'],
  every: minutes(60),
  load: async ({ query }) => {
    const rows = await query<{ client: string; currency: string; orders: number; amount: number }>(`
      select facts->>'client' as client, facts->'total'->>'currency' as currency, count(*)::int as orders,
             sum((facts->'total'->>'amount')::numeric)::float8 as amount
        from event where type = 'order.placed' and at > now() - interval '30 days'
       group by 1, 2 order by 4 desc, 1 limit 10`);
    return {
      columns: [
        { key: 'client', label: 'Client' },
        { key: 'orders', label: 'Orders', kind: 'number' },
        { key: 'amount', label: 'Amount', kind: 'number' },
        { key: 'currency', label: 'Currency', kind: 'mono' },
      ],
      rows: rows.map(row => ({ cells: { ...row } })),
      empty: 'Nobody ordered in the last 30 days.',
    };
  },
});
