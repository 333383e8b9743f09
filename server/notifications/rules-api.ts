import type { EntityManager } from '@mikro-orm/postgresql';
import * as contract from '#contract/notifications.ts';
import type { DeliveryRow } from '#contract/deliveries.ts';
import { type Call, type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import type { Tools } from '../platform/tools.ts';
import { pageSizeFor } from '../settings/page-size.ts';
import { Rule } from './Rule.ts';
import { announce } from './announce.ts';
import { catalogue } from './catalogue.ts';
import { dryRun } from './dry-run.ts';
import { hasten } from './enqueue.ts';
import { presentDeliveryRow, presentRule, stateOf } from './present.ts';
import { providers } from './providers/_all.ts';
import { activations, daysOf, figuresOf, rulePage, targetsOf } from './queries.ts';
import { checkEvents, checkRule } from './rule-input.ts';
import { addRule, deleteRule, editRule, testRule } from './rules.ts';

async function views(em: EntityManager, rules: readonly Rule[], tools: Tools): Promise<contract.RuleView[]> {
  const figures = await figuresOf(em, rules);
  const days = await daysOf(em, rules);
  const active = await activations(em);
  const stateOfProvider = (id: string): contract.RuleView['targets'][number]['providerState'] => {
    const activation = active.get(id);
    return stateOf(activation, activation !== undefined || providers.get(id)?.fallback(tools) !== undefined);
  };
  return rules.map(rule => presentRule(rule, { figures: figures.get(rule.id), perDay: days.get(rule.id) ?? [], stateOf: stateOfProvider }));
}

/** @throws Problem `not_found` */
async function viewOf(em: EntityManager, id: string, tools: Tools): Promise<contract.RuleView> {
  const rule = await em.findOne(Rule, { id, deletedAt: null }, { populate: ['owner'] });
  const [view] = rule ? await views(em, [rule], tools) : [];
  if (!view) throw new Problem('not_found');
  return view;
}

type TestCall = Pick<Call<{ id: string }, unknown, unknown>, 'em' | 'actor' | 'params' | 'tools'>;
async function test({ em, actor, params, tools }: TestCall, to: contract.RuleTarget | 'me'): Promise<DeliveryRow> {
  const delivery = await testRule(em, actor, params.id, to);
  await announce(em, tools, [delivery.id]);
  await hasten(tools, [delivery]);
  return presentDeliveryRow(delivery);
}

/** The rules. What stands for all of them comes before what stands for one. */
export const ruleRoutes: Route[] = [
  route(contract.ruleCatalogue, 'rules.view', {}, ({ em, actor }) => catalogue(em, actor)),

  route(contract.dryRunRule, 'rules.edit', { records: { nothing: 'nothing is sent or stored' } }, async ({ em, actor, body, tools }) => {
    checkEvents(body);
    return dryRun(em, actor, body, tools);
  }),

  route(contract.listRules, 'rules.view', {}, async ({ em, actor, query, tools }) => {
    const paging = { page: query.page, pageSize: await pageSizeFor(em, actor, query) };
    const [rules, total] = await rulePage(em, query, paging);
    return { items: await views(em, rules, tools), total, ...paging };
  }),

  route(contract.getRule, 'rules.view', {}, ({ em, params, tools }) => viewOf(em, params.id, tools)),

  route(contract.addRule, 'rules.edit', { records: ['rule.added'] }, async ({ em, actor, body, tools }) => {
    const rule = await addRule(em, actor, { ...body, ...(await checkRule(em, body, { has: [], tools })) });
    return viewOf(em.fork(), rule.id, tools);
  }),

  route(contract.editRule, 'rules.edit', { records: ['rule.edited'] }, async ({ em, actor, params, body, tools }) => {
    const id = params.id;
    const has = await targetsOf(em, id);
    await editRule(em, actor, id, { ...body, ...(await checkRule(em, body, { has, tools })) });
    return viewOf(em.fork(), id, tools);
  }),

  route(contract.deleteRule, 'rules.edit', { records: ['rule.deleted'] }, ({ em, actor, params }) => deleteRule(em, actor, params.id)),

  route(contract.testRule, 'rules.edit', { records: ['rule.tested'], limit: 'provider-test' }, call => test(call, call.body)),

  route(contract.testRuleToMe, 'rules.edit', { records: ['rule.tested'], limit: 'provider-test' }, call => test(call, 'me')),
];
