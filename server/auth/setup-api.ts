import { completeSetup, runChecks } from '#contract/setup.ts';
import { type Route, route } from '../platform/http/route.ts';
import { completeFirstRun, demandSetupOpen } from './first-run.ts';
import { checkNewPassword } from './new-password.ts';
import { hashPassword } from './passwords.ts';
import { startSession } from './sessions.ts';
import { checkAll } from './setup-checks.ts';

export const setupRoutes: Route[] = [
  route(runChecks, 'public', { limit: 'link', records: { nothing: 'checking changes nothing' } }, async ({ em, body, tools }) => {
    await demandSetupOpen(em, tools.secrets, body.token);
    return { items: await checkAll(em, tools, body) };
  }),

  route(completeSetup, 'public', { limit: 'link', records: ['setup.completed', 'admin.added', 'session.started'] }, async call => {
    const { em, actor, body, tools } = call;
    // before the hash, so that whoever has no link gets no work out of us
    await demandSetupOpen(em, tools.secrets, body.token);
    await checkNewPassword(em, body.password, {
      field: 'password',
      words: [body.username, body.email, body.firstName, body.lastName, body.organisation],
    });
    const passwordHash = await hashPassword(tools.secrets, body.password);
    const admin = await completeFirstRun(em, actor, tools.secrets, body, passwordHash);
    tools.broadcast.control({ kind: 'look' });
    return startSession(call, admin, { keep: false });
  }),
];
