import * as contract from '#contract/settings.ts';
import { type Route, route } from '../platform/http/route.ts';
import { editSettings } from './commands.ts';
import { organisation } from './queries.ts';
import { presentSettings } from './present.ts';

export const settingsRoutes: Route[] = [
  route(contract.getSettings, 'settings.view', {}, async ({ em, tools }) => presentSettings(await organisation(em), tools.baseUrl)),

  route(contract.editSettings, 'settings.edit', { records: ['settings.changed'] }, async ({ em, actor, body, tools }) =>
    presentSettings(await editSettings(em, actor, body), tools.baseUrl),
  ),
];
