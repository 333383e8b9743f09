import { minutes, widget, z } from 'quarterdeck/widget';

const answer = z.object({ date: z.string(), rates: z.record(z.string(), z.number()) });

/** Calls an HTTP API: what one unit of a currency is worth in others. Which, and where to ask, is set under Settings, Extensions. */
export default widget({
  id: 'exchange-rates',
  title: 'Exchange rates',
  description: 'What one unit of a currency is worth, as a service says that can be set.',
  view: 'stats',
  rows: 4,
  needs: 'overview.view',
  every: minutes(30),
  settings: z.object({
    url: z
      .url({ protocol: /^https?$/ })
      .default('https://api.frankfurter.dev/v1/latest')
      .meta({ title: 'Address of the service' }),
    token: z.string().optional().meta({ title: 'Token', description: 'Where the service asks for one.', secret: true }),
    base: z
      .string()
      .regex(/^[A-Z]{3}$/, 'Three capital letters, such as EUR.')
      .default('EUR')
      .meta({ title: 'Currency' }),
    others: z.string().default('USD, GBP, SEK').meta({ title: 'In these currencies', description: 'With commas between them.' }),
  }),
  load: async ({ fetch, settings: { url, token, base, others } }) => {
    const symbols = others.split(',').map(word => word.trim());
    const asked = new URL(url);
    asked.search = new URLSearchParams({ base, symbols: symbols.join() }).toString();
    const response = await fetch(asked.href, { headers: token ? { authorization: `Bearer ${token}` } : {} });
    if (!response.ok) throw new Error(`${asked.hostname} answers ${response.status}.`);
    const { date, rates } = answer.parse(await response.json());
    return {
      groups: [{ label: `1 ${base} on ${date}`, items: symbols.map(symbol => ({ label: symbol, value: rates[symbol] ?? null })) }],
    };
  },
});
