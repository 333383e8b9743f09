import type { EntityManager } from '@mikro-orm/postgresql';
import { heardIn } from '#contract/languages.ts';
import * as contract from '#contract/access.ts';
import type { Permission } from '#contract/permissions.ts';
import { widgetSnapshot } from '#contract/widgets.ts';
import type { Actor } from '../platform/actor.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem, invalid } from '../platform/problem.ts';
import type { ServerTools } from '../platform/tools.ts';
import { language, say } from '../words/say.ts';
import { askFor } from './ask.ts';
import { explainTo } from './explain.ts';
import { explainMessageTo } from './messages.ts';
import { type Thing, allThings, thingOf } from './things.ts';
import { allMails, topicOf } from './topic.ts';

interface Asking {
  em: EntityManager;
  actor: Actor;
  tools: ServerTools;
  /** As the activity log names it. */
  at: string;
}

/** What one is asked about may need more than the question itself. @throws Problem `forbidden` */
async function demand(permission: Permission, { em, actor, tools, at }: Asking): Promise<void> {
  if (actor.permissions.has(permission)) return;
  await tools.onDenied(em.fork(), actor, permission, at);
  throw new Problem('forbidden', { missing: await tools.explainDenial(em, permission, actor) });
}

/** Whose rights are asked about. Those of others are shown to whoever sees their accounts. @throws Problem `forbidden` */
async function subject(admin: string | undefined, asking: Asking): Promise<string> {
  const { id = '' } = asking.actor;
  if (admin === undefined || admin === id) return id;
  await demand('admins.view', asking);
  return admin;
}

/** By what is asked about, as `what` begins. */
const NEEDS: Readonly<Record<string, Permission>> = { delivery: 'deliveries.view', event: 'activity.view' };

/** What keeps a widget from being seen by whoever may see it. */
async function troubleWith({ kind, id }: Thing, tools: ServerTools): Promise<string[]> {
  if (kind !== 'widget') return [];
  const [snapshot] = await tools.snapshots.texts([id.slice(id.indexOf(':') + 1)]);
  const failure = snapshot && widgetSnapshot.parse(JSON.parse(snapshot.text)).failure;
  return failure
    ? [say('It could not be rebuilt and shows its last good figures: {reason}', { reason: heardIn(language(), failure.reason) })]
    : [];
}

/** @param routes all there are, these among them. @param systemMails what the product sends by itself */
export const accessRoutes = (routes: () => readonly Route[], systemMails: readonly SystemMail[]): Route[] => [
  route(contract.explainAccess, 'signed-in', {}, async ({ em, actor, query, tools }) => {
    const admin = await subject(query.admin, { em, actor, tools, at: 'GET /explain' });
    const thing = thingOf(query.what, { routes: routes(), widgets: tools.widgets });
    if (!thing) throw invalid('what', say('There is no such right, page, widget or route.'));
    return explainTo(em, admin, thing, await troubleWith(thing, tools));
  }),

  route(contract.explainMessage, 'signed-in', {}, async ({ em, actor, query: { admin, what }, tools }) => {
    const asking = { em, actor, tools, at: 'GET /explain/message' };
    const needs = NEEDS[what.slice(0, what.indexOf(':'))];
    if (needs) await demand(needs, asking);
    const topic = await topicOf(em, what, systemMails);
    const addressee = topic.kind === 'delivery' ? topic.delivery.addressee() : undefined;
    const person = topic.kind === 'delivery' && addressee === undefined ? undefined : await subject(admin ?? addressee, asking);
    return explainMessageTo(em, topic, person, {
      tools,
      systemMails,
      rules: actor.permissions.has('rules.view') && actor.permissions.has('deliveries.view'),
    });
  }),

  route(contract.listExplainable, 'signed-in', {}, ({ tools }) =>
    Promise.resolve({ ...allThings({ routes: routes(), widgets: tools.widgets }), mails: allMails(systemMails) }),
  ),

  route(contract.askForRight, 'signed-in', { records: ['rights.asked-for'] }, async ({ em, actor, body }) => {
    const { at, first, people } = await askFor(em, actor, body.permission);
    return { at: at.toISOString(), first, people };
  }),
];
