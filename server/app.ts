import Koa from 'koa';
import { accountRoutes } from './accounts/api.ts';
import { ownRoutes } from './accounts/own-api.ts';
import { accessRoutes } from './access/api.ts';
import { activityRoutes } from './activity/api.ts';
import { authRoutes } from './auth/api.ts';
import { keyRoutes } from './auth/key-api.ts';
import { secondFactorRoutes } from './auth/second-factor/api.ts';
import { sessionRoutes } from './auth/sessions-api.ts';
import { setupRoutes } from './auth/setup-api.ts';
import { adminRoutes } from './admins/api.ts';
import { avatarRoutes } from './admins/avatars/api.ts';
import { dashboardRoutes } from './dashboard/api.ts';
import { layoutRoutes } from './dashboard/layout-api.ts';
import { departmentRoutes } from './departments/api.ts';
import { eventRoutes } from './events/api.ts';
import { extensionRoutes } from './extensions/api.ts';
import { hostRoutes } from './hosts/api.ts';
import { invitationRoutes } from './invitations/api.ts';
import { systemMails } from './mails.ts';
import { noteRoutes } from './notes/api.ts';
import { notificationRoutes } from './notifications/api.ts';
import { descriptionRoute } from './platform/http/description.ts';
import { failures } from './platform/http/failures.ts';
import { headers } from './platform/http/headers.ts';
import { health } from './platform/http/health.ts';
import { ownHost } from './platform/http/host.ts';
import { answeredInLanguage } from './platform/http/language.ts';
import { mount } from './platform/http/mount.ts';
import type { Route } from './platform/http/route.ts';
import { Problem } from './platform/problem.ts';
import type { ServerTools } from './platform/tools.ts';
import { passwordResetRoutes } from './password-resets/api.ts';
import { presenceRoutes } from './presence/api.ts';
import { queueRoutes } from './queues/api.ts';
import { roleRoutes } from './roles/api.ts';
import { settingsRoutes } from './settings/api.ts';
import { todoRoutes } from './todos/api.ts';

/** Every route of the API. */
export const routes: readonly Route[] = [
  ...authRoutes,
  ...sessionRoutes,
  ...secondFactorRoutes,
  ...setupRoutes,
  ...keyRoutes,
  ...adminRoutes,
  ...accountRoutes,
  ...ownRoutes,
  ...avatarRoutes,
  ...departmentRoutes,
  ...invitationRoutes,
  ...passwordResetRoutes,
  ...roleRoutes,
  ...presenceRoutes,
  ...dashboardRoutes,
  ...layoutRoutes,
  ...notificationRoutes(systemMails),
  ...eventRoutes,
  ...hostRoutes,
  ...todoRoutes,
  ...noteRoutes,
  ...extensionRoutes,
  ...activityRoutes,
  ...accessRoutes(() => routes, systemMails),
  ...queueRoutes,
  ...settingsRoutes,
  descriptionRoute(() => routes),
];

/**
 * The whole HTTP side, not listening. Tests use it too.
 * @param client what serves the pages; without it there is only the API.
 */
export function createApp(tools: ServerTools, client: readonly Koa.Middleware[] = []): Koa {
  const app = new Koa();
  const api = mount(routes, tools);
  app.use(headers(tools.baseUrl.startsWith('https:')));
  app.use(answeredInLanguage);
  app.use(failures(tools.log));
  app.use(ownHost(tools.baseUrl));
  app.use(health(tools));
  app.use(api.routes());
  app.use(
    api.allowedMethods({
      throw: true,
      methodNotAllowed: () => new Problem('method_not_allowed'),
      notImplemented: () => new Problem('method_not_allowed'),
    }),
  );
  app.use((ctx, next) => {
    // the page about the API is a page like any other
    if (ctx.path === '/api' || (ctx.path.startsWith('/api/') && ctx.path !== '/api/docs')) throw new Problem('not_found');
    return next();
  });
  for (const middleware of client) app.use(middleware);
  return app;
}
