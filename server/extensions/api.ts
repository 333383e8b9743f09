import * as contract from '#contract/extensions.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { ExtensionSettings } from './ExtensionSettings.ts';
import { configureExtension } from './configure.ts';
import { presentExtension } from './present.ts';

export const extensionRoutes: Route[] = [
  route(contract.listExtensions, 'settings.view', {}, async ({ em, tools }) => {
    const rows = new Map((await em.find(ExtensionSettings, {})).map(row => [row.id, row]));
    return { items: tools.extensions().map(each => presentExtension(each, rows.get(each.widgetId) ?? null, tools.secrets)) };
  }),

  route(
    contract.configureExtension,
    'settings.edit',
    { records: ['extension.configured'], confirmed: true },
    async ({ em, actor, params, body, tools }) => {
      const extension = tools.extensions().find(({ widgetId }) => widgetId === params.id);
      if (!extension) throw new Problem('not_found', { detail: say('There is no extension {id}.', { id: params.id }) });
      await configureExtension(em, actor, { extension, wanted: body }, tools.secrets);
      return presentExtension(extension, await em.fork().findOne(ExtensionSettings, params.id), tools.secrets);
    },
  ),
];
