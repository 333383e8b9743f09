import { heardIn } from '#contract/languages.ts';
import * as contract from '#contract/access.ts';
import { widgetSnapshot } from '#contract/widgets.ts';
import type { Actor } from '../platform/actor.ts';
import { type Call, type Route, route } from '../platform/http/route.ts';
import { Problem, invalid } from '../platform/problem.ts';
import type { ServerTools } from '../platform/tools.ts';
import { language, say } from '../words/say.ts';
import { askFor } from './ask.ts';
import { explainTo } from './explain.ts';
import { type Thing, allThings, thingOf } from './things.ts';

/** Whose rights are asked about. Those of others are shown to whoever sees their accounts. @throws Problem `forbidden` */
async function subject(em: Call<never, never, never>['em'], actor: Actor, admin: string | undefined, tools: ServerTools): Promise<string> {
  if (admin === undefined || admin === actor.id) return actor.id ?? '';
  if (actor.permissions.has('admins.view')) return admin;
  await tools.onDenied(em.fork(), actor, 'admins.view', 'GET /explain');
  throw new Problem('forbidden', { missing: await tools.explainDenial(em, 'admins.view', actor) });
}

/** What keeps a widget from being seen by whoever may see it. */
async function troubleWith({ kind, id }: Thing, tools: ServerTools): Promise<string[]> {
  if (kind !== 'widget') return [];
  const [snapshot] = await tools.snapshots.texts([id.slice(id.indexOf(':') + 1)]);
  const failure = snapshot && widgetSnapshot.parse(JSON.parse(snapshot.text)).failure;
  return failure
    ? [say('It could not be rebuilt and shows its last good figures: {reason}', { reason: heardIn(language(), failure.reason) })]
    : [];
}

/** @param routes all there are, these among them */
export const accessRoutes = (routes: () => readonly Route[]): Route[] => [
  route(contract.explainAccess, 'signed-in', {}, async ({ em, actor, query, tools }) => {
    const admin = await subject(em, actor, query.admin, tools);
    const thing = thingOf(query.what, { routes: routes(), widgets: tools.widgets });
    if (!thing) throw invalid('what', say('There is no such right, page, widget or route.'));
    return explainTo(em, admin, thing, await troubleWith(thing, tools));
  }),

  route(contract.listExplainable, 'signed-in', {}, ({ tools }) => Promise.resolve(allThings({ routes: routes(), widgets: tools.widgets }))),

  route(contract.askForRight, 'signed-in', { records: ['rights.asked-for'] }, async ({ em, actor, body }) => {
    const { at, first, people } = await askFor(em, actor, body.permission);
    return { at: at.toISOString(), first, people };
  }),
];
