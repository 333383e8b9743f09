import { z } from 'zod';
import { changes, event, fieldsIn, text } from './event.ts';

const rule = { ruleId: z.uuid(), rule: z.string() };
const ruleLink = (facts: { ruleId: string }): string => `/notifications/rules/${facts.ruleId}`;
const widget = { widgetId: z.string(), widget: z.string() };
const host = { hostId: z.uuid(), host: z.string() };
const hostLink = (): string => '/settings/network';
const provider = { providerId: z.string(), provider: z.string() };
const providerLink = (facts: { providerId: string }): string => `/notifications/providers/${facts.providerId}`;
const delivery = { deliveryId: z.uuid(), provider: z.string(), target: z.string() };
const deliveryLink = (facts: { deliveryId: string }): string => `/notifications/log/${facts.deliveryId}`;

/** What the product does to itself, and what is chosen for it. */
export const systemEvents = {
  'rule.added': event({
    family: 'system',
    label: 'A rule was added',
    severity: 'info',
    facts: z.object(rule),
    title: f => `added the rule ${f.rule}`,
    link: ruleLink,
  }),
  'rule.edited': event({
    family: 'system',
    label: 'A rule was changed',
    severity: 'info',
    facts: z.object({ ...rule, changes }),
    title: f => `changed ${fieldsIn(f.changes)} of the rule ${f.rule}`,
    link: ruleLink,
  }),
  'rule.deleted': event({
    family: 'system',
    label: 'A rule was deleted',
    severity: 'warn',
    facts: z.object(rule),
    title: f => `deleted the rule ${f.rule}`,
  }),
  'rule.tested': event({
    family: 'system',
    label: 'A rule was tested',
    severity: 'info',
    facts: z.object({ ...rule, target: z.string() }),
    title: f => `tested the rule ${f.rule} on ${f.target}`,
    link: ruleLink,
  }),
  'provider.activated': event({
    family: 'system',
    label: 'A provider was activated',
    severity: 'good',
    facts: z.object({ ...provider, changes: changes.optional() }),
    title: f => `activated ${f.provider}`,
    link: providerLink,
  }),
  'provider.deactivated': event({
    family: 'system',
    label: 'A provider was deactivated',
    severity: 'warn',
    facts: z.object(provider),
    title: f => `deactivated ${f.provider}`,
    link: providerLink,
  }),
  'provider.tested': event({
    family: 'system',
    label: 'A provider was tested',
    severity: 'info',
    facts: z.object({ ...provider, ok: z.boolean() }),
    title: f => `tested ${f.provider}: ${f.ok ? 'it answered' : 'it refused'}`,
    link: providerLink,
  }),
  'provider.paused': event({
    family: 'system',
    label: 'A provider was paused',
    severity: 'bad',
    facts: z.object({ ...provider, reason: text }),
    title: f => `paused ${f.provider}: ${f.reason}`,
    link: providerLink,
  }),
  'delivery.failed': event({
    family: 'system',
    label: 'A delivery failed for good',
    severity: 'bad',
    facts: z.object({ ...delivery, reason: text, about: z.string() }),
    title: f => `gave up on ${f.provider} to ${f.target}: ${f.reason}`,
    link: deliveryLink,
  }),
  'delivery.replayed': event({
    family: 'system',
    label: 'A delivery was sent again',
    severity: 'info',
    facts: z.object(delivery),
    title: f => `sent ${f.provider} to ${f.target} again`,
    link: deliveryLink,
  }),
  'deliveries.replayed': event({
    family: 'system',
    label: 'Deliveries were sent again together',
    severity: 'info',
    facts: z.object({ deliveries: z.int() }),
    title: f => `sent ${f.deliveries} failed ${f.deliveries === 1 ? 'delivery' : 'deliveries'} again`,
    link: () => '/notifications/log',
  }),
  'mail.kept-read': event({
    family: 'security',
    label: 'A kept mail was read',
    severity: 'warn',
    facts: z.object({ deliveryId: z.uuid(), to: z.string() }),
    title: f => `read the kept mail to ${f.to}`,
    link: () => '/settings/mail/kept',
  }),
  'widget.failing': event({
    family: 'system',
    label: 'A widget is failing',
    severity: 'warn',
    facts: z.object({ ...widget, reason: text }),
    title: f => `could not rebuild ${f.widget}: ${f.reason}`,
    link: () => '/dashboard',
  }),
  'widget.recovered': event({
    family: 'system',
    label: 'A widget recovered',
    severity: 'good',
    facts: z.object(widget),
    title: f => `rebuilt ${f.widget} again`,
    link: () => '/dashboard',
  }),
  'extension.configured': event({
    family: 'system',
    label: 'An extension was configured',
    severity: 'warn',
    facts: z.object({ ...widget, changes }),
    title: f => `changed ${fieldsIn(f.changes)} of the extension ${f.widget}`,
    link: () => '/settings/extensions',
  }),
  'projections.rebuilt': event({
    family: 'system',
    label: 'Business figures were made anew',
    severity: 'info',
    facts: z.object({}),
    title: () => 'made the business figures anew from the events',
    link: () => '/dashboard',
  }),
  'host.added': event({
    family: 'system',
    label: 'A host is watched',
    severity: 'info',
    facts: z.object({ ...host, target: text }),
    title: f => `watches the host ${f.host}`,
    link: hostLink,
  }),
  'host.edited': event({
    family: 'system',
    label: 'A watched host was changed',
    severity: 'info',
    facts: z.object({ ...host, changes }),
    title: f => `changed ${fieldsIn(f.changes)} of the host ${f.host}`,
    link: hostLink,
  }),
  'host.deleted': event({
    family: 'system',
    label: 'A host is no longer watched',
    severity: 'warn',
    facts: z.object(host),
    title: f => `watches the host ${f.host} no longer`,
    link: hostLink,
  }),
  'host.tested': event({
    family: 'system',
    label: 'A host was tried',
    severity: 'info',
    facts: z.object({ target: text, ok: z.boolean() }),
    title: f => `tried ${f.target}: ${f.ok ? 'it is well' : 'it is not'}`,
    link: hostLink,
  }),
  'host.down': event({
    family: 'system',
    label: 'A host is down',
    severity: 'bad',
    facts: z.object({ ...host, reason: text }),
    title: f => `found the host ${f.host} down: ${f.reason}`,
    link: hostLink,
  }),
  'host.back': event({
    family: 'system',
    label: 'A host is back',
    severity: 'good',
    facts: z.object(host),
    title: f => `found the host ${f.host} well again`,
    link: hostLink,
  }),
  'settings.changed': event({
    family: 'system',
    label: 'Settings were changed',
    severity: 'warn',
    facts: z.object({ changes }),
    title: f => `changed the settings ${fieldsIn(f.changes)}`,
    link: () => '/settings',
  }),
} as const;
