import { z } from 'zod';
import { type EventKind, type Severity, event, key, money, naming, sum, text } from './event.ts';

const link = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .optional();
export const ticket = z
  .object({
    ticket: key,
    subject: text,
    department: naming('department', text),
    client: text,
    priority: z.enum(['low', 'medium', 'high']),
    status: text,
    by: z.enum(['client', 'staff']),
    assignee: naming('person', text),
    url: link,
  })
  .partial()
  .required({ ticket: true });
export const invoice = z
  .object({ invoice: key, client: text, total: money, due: z.iso.datetime(), url: link })
  .partial()
  .required({ invoice: true, total: true });
export const order = z
  .object({ order: key, client: text, total: money, items: z.array(text).max(50), url: link })
  .partial()
  .required({ order: true, total: true });
const service = z.object({ service: key, product: text, client: text, reason: text, url: link }).partial().required({ service: true });
const domain = z
  .object({ domain: key, client: text, years: z.int().min(1).max(100), reason: text, url: link })
  .partial()
  .required({ domain: true });
export const client = z
  .object({ client: key, name: text, email: z.email(), country: text, url: link })
  .partial()
  .required({ client: true });

/** One kind after another that share their facts: verb → label, severity, and how a sentence about it goes on. */
const kinds = <F extends z.ZodType, const V extends string, const N extends string>(
  noun: N,
  facts: F,
  about: (facts: z.infer<F>) => string,
  verbs: Record<V, [label: string, severity: Severity, words: string]>,
): Record<`${N}.${V}`, EventKind<F>> =>
  Object.fromEntries(
    Object.entries<[string, Severity, string]>(verbs).map(([verb, [label, severity, words]]) => [
      `${noun}.${verb}`,
      event({ family: 'business', label, severity, facts, title: given => `${words} ${about(given)}` }),
    ]),
  ) as Record<`${N}.${V}`, EventKind<F>>;

const quoted = (words: string | undefined): string => (words ? `: ${words}` : '');
const of = (name: string | undefined): string => (name ? ` of ${name}` : '');

/** What the organisation's own systems post. */
export const businessEvents = {
  ...kinds('ticket', ticket, f => `ticket ${f.ticket}${quoted(f.subject)}`, {
    opened: ['A ticket was opened', 'info', 'opened'],
    replied: ['A ticket was replied to', 'info', 'replied to'],
    'status-changed': ['A ticket’s status changed', 'info', 'changed the status of'],
    'priority-changed': ['A ticket’s priority changed', 'info', 'changed the priority of'],
    'department-changed': ['A ticket moved to another department', 'info', 'moved'],
    assigned: ['A ticket was assigned', 'info', 'assigned'],
    closed: ['A ticket was closed', 'good', 'closed'],
  }),
  ...kinds('invoice', invoice, f => `invoice ${f.invoice}${of(f.client)}: ${sum(f.total)}`, {
    created: ['An invoice was created', 'info', 'created'],
    paid: ['An invoice was paid', 'good', 'paid'],
    refunded: ['An invoice was refunded', 'warn', 'refunded'],
    overdue: ['An invoice is overdue', 'warn', 'let fall due'],
    cancelled: ['An invoice was cancelled', 'warn', 'cancelled'],
  }),
  ...kinds('order', order, f => `order ${f.order}${of(f.client)}: ${sum(f.total)}`, {
    placed: ['An order was placed', 'good', 'placed'],
    accepted: ['An order was accepted', 'good', 'accepted'],
    cancelled: ['An order was cancelled', 'warn', 'cancelled'],
    'marked-as-fraud': ['An order was marked as fraud', 'bad', 'marked as fraud'],
  }),
  ...kinds('service', service, f => `service ${f.service}${of(f.client)}${quoted(f.reason)}`, {
    provisioned: ['A service was provisioned', 'good', 'provisioned'],
    suspended: ['A service was suspended', 'warn', 'suspended'],
    unsuspended: ['A service was unsuspended', 'good', 'unsuspended'],
    terminated: ['A service was terminated', 'warn', 'terminated'],
    failed: ['A service failed', 'bad', 'could not provision'],
  }),
  ...kinds('domain', domain, f => `${f.domain}${of(f.client)}${quoted(f.reason)}`, {
    registered: ['A domain was registered', 'good', 'registered'],
    renewed: ['A domain was renewed', 'good', 'renewed'],
    transferred: ['A domain was transferred', 'good', 'transferred'],
    failed: ['A domain failed', 'bad', 'could not register or renew'],
  }),
  ...kinds('client', client, f => `client ${f.name ?? f.client}`, {
    added: ['A client was added', 'good', 'added'],
    updated: ['A client was updated', 'info', 'updated'],
    closed: ['A client was closed', 'warn', 'closed'],
  }),
};
