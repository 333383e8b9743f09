import type { Twin } from '../twin.ts';
import type { charts as english } from '../en/charts.ts';

const lists = new Intl.ListFormat('de-DE', { type: 'unit', style: 'long' });

export const charts: Twin<typeof english> = {
  ranges: { '1h': '1 h', '24h': '24 h', '7d': '7 T', '30d': '30 T' },
  lasting: { '1h': 'letzte Stunde', '24h': 'letzte 24 Stunden', '7d': 'letzte 7 Tage', '30d': 'letzte 30 Tage' },
  rangeOf: title => `Wie weit ${title} zurückreicht`,
  asTable: 'Tabelle',
  tableOf: title => `${title} als Tabelle`,
  time: 'Zeit',
  walk: title => `${title}, Wert für Wert`,
  valuesAt: (time, values) => `${time}: ${lists.format(values)}`,
  named: (label, value) => `${label} ${value}`,
  summary: (what, said, gaps) => `${what}: ${said.join('; ')}${gaps ? '; für einen Teil der Zeit unbekannt' : ''}.`,
  over: (title, lasting) => `${title}, ${lasting}`,
  amount: (total, most) => (most ? `${total}, am meisten um ${most.at} mit ${most.value}` : total),
  level: (latest, highest) => `${latest} am Ende, am höchsten um ${highest.at} mit ${highest.value}`,
};
