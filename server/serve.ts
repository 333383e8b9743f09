import { type Server, createServer } from 'node:http';
import type Koa from 'koa';
import { explainDenial } from './roles/explain.ts';
import { houseLanguage } from './settings/queries.ts';
import { createApp, routes } from './app.ts';
import { Doorkeeper } from './auth/doorkeeper.ts';
import { ensureFirstRows, setupToken } from './auth/first-run.ts';
import { Layouts } from './dashboard/layouts.ts';
import { SnapshotCache } from './dashboard/snapshot-cache.ts';
import { developClient } from './develop-client.ts';
import type { CompleteEnv } from './env.ts';
import { Refusals } from './events/refusals.ts';
import { Extensions } from './extensions/Extensions.ts';
import { keepWatch } from './health/keep-watch.ts';
import { mailStyles } from './notifications/mail-layout.ts';
import { migrate } from './platform/db/migrate.ts';
import { readClientBuilds } from './platform/http/client-build.ts';
import { clientAddress } from './platform/http/client-address.ts';
import { Limits } from './platform/http/limits.ts';
import { closeGracefully, listen, serverLimits, waitingRoom } from './platform/http/listen.ts';
import { pages } from './platform/http/pages.ts';
import { createLive } from './platform/live/socket.ts';
import type { Log } from './platform/log.ts';
import type { ServerTools } from './platform/tools.ts';
import { Presence } from './presence/Presence.ts';
import { Organisation } from './settings/Organisation.ts';
import { openTools } from './tools.ts';

/** How long the requests under way may take when we stop, in ms. */
const GRACE = 10_000;

export interface ServerOptions {
  env: CompleteEnv;
  log: Log;
  /** The pages as they were built, from their sources through Vite, or none: the API alone. */
  client: 'built' | 'source' | 'none';
}

export interface RunningServer {
  /** Where people reach it. */
  url: string;
  /** The one-time link, until the first superadmin exists. */
  setupUrl: string | undefined;
  /** Stops accepting, finishes the requests under way, sends open pages elsewhere, closes every connection. */
  stop(): Promise<void>;
}

async function pagesOf(
  client: ServerOptions['client'],
  http: Server,
  stack: AsyncDisposableStack,
  tools: ServerTools,
): Promise<Koa.Middleware[]> {
  if (client === 'none') return [];
  return client === 'source'
    ? developClient(http, stack)
    : pages({ builds: await readClientBuilds(), routes, framed: mailStyles() }, tools);
}

/** Migrates the database and serves; all it opened is closed again when it fails half-way. */
export async function startServer({ env, log, client }: ServerOptions): Promise<RunningServer> {
  await using stack = new AsyncDisposableStack();
  const migrations = await migrate(env.databaseUrl);
  if (migrations > 0) log.info({ migrations }, 'the database was brought up to date');

  const http = createServer(serverLimits);
  const wait = waitingRoom(http);
  const address = await listen(http, env.host, env.port);
  stack.defer(() => closeGracefully(http, GRACE));
  const baseUrl = env.baseUrl ?? address;

  const opened = await openTools(env, log, baseUrl);
  stack.defer(() => opened.close());
  const shared = opened.tools;
  const em = shared.orm.em.fork();
  await ensureFirstRows(em, shared.secrets);

  const doorkeeper = new Doorkeeper(shared.orm, baseUrl);
  let showsPage = (await em.findOneOrFail(Organisation, 1)).showPages;
  const presence = new Presence({ redis: shared.redis, log, onSeen: ids => doorkeeper.seen(ids), showsPage: () => showsPage });
  const extensions = await Extensions.open(env.extensionsDir, log);
  stack.defer(() => extensions.end());
  const snapshots = new SnapshotCache(shared.redis);
  const layouts = new Layouts(shared.orm);
  const refusals = new Refusals();
  const tools: ServerTools = {
    ...shared,
    limits: new Limits(shared.redis),
    identify: (request, from, requestId) => doorkeeper.identify(request, from, requestId),
    houseLanguage: () => houseLanguage(tools.orm.em.fork()),
    explainDenial,
    onDenied: (...denial) => refusals.denied(...denial),
    onRefused: (...refusal) => refusals.refused(...refusal),
    roster: { text: () => presence.rosterText(), version: () => presence.rosterVersion() },
    snapshots,
    layouts,
    widgets: extensions.widgets,
    extensions: () => extensions.all,
    trustedProxies: env.trustedProxies,
    checkAnswers: env.test,
  };

  const answer = createApp(tools, await pagesOf(client, http, stack, tools)).callback();
  wait.end();
  http.on('request', (request, response) => void answer(request, response));

  const live = await createLive({
    http,
    redis: shared.redis,
    door: request => doorkeeper.admitSocket(request),
    standing: known => doorkeeper.standings(known),
    profiles: ids => doorkeeper.profiles(ids),
    presence,
    baseOrigin: () => baseUrl,
    addressOf: request => clientAddress(request, env.trustedProxies),
    log,
  });
  stack.defer(() => live.stop());
  live.on('widgets', changed => snapshots.onWidgets(changed));
  live.on('regained', () => {
    snapshots.onResync();
    layouts.forget();
  });
  live.on('control', message => {
    layouts.forget(message.kind === 'layouts' ? message.adminId : undefined);
    if (message.kind === 'layouts') return;
    doorkeeper.forget();
    void shared.orm.em
      .fork()
      .findOne(Organisation, 1)
      .then(
        organisation => (showsPage = organisation?.showPages ?? showsPage),
        () => undefined,
      );
  });

  const comeBack = (): void => {
    doorkeeper.forget();
    live.callBack();
  };
  if (client === 'source') stack.defer(extensions.watch(comeBack));

  stack.defer(keepWatch(shared));
  const token = await setupToken(em, shared.secrets);
  const running = stack.move(); // the caller's from here on
  return { url: baseUrl, setupUrl: token && `${baseUrl}/setup#${token}`, stop: () => running.disposeAsync() };
}
