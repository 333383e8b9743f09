import { read } from '#lib/api.ts';
import { demand } from '#lib/demand.ts';
import { askedIn } from '#lib/list-address.ts';
import { ruleBuilder } from '#lib/words/en/rule-builder.ts';
import { inputOf } from '../input.ts';
import type { PageLoad } from './$types';

/** `?copy=` names the rule that the new one begins as; the copy is switched off, so that nothing is sent twice. */
export const load = (async ({ parent, url }) => {
  await parent();
  await demand('rules.edit');
  const id = askedIn(url, 'copy');
  const [{ events, names }, { items: providers }, rule] = await Promise.all([
    read('GET /notification-rules/catalogue'),
    read('GET /notification-providers'),
    id === undefined ? undefined : read('GET /notification-rules/:id', { params: { id } }),
  ]);
  const copied = rule && { ...inputOf(rule), name: ruleBuilder.copyOf(rule.name), enabled: false };
  return { events, names, providers, copied };
}) satisfies PageLoad;
