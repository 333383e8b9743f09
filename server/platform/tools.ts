import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { ProblemDocument } from '#contract/problems.ts';
import type { Language } from '#contract/languages.ts';
import type { Permission } from '#contract/permissions.ts';
import type { LayoutView } from '#contract/layout.ts';
import type { WidgetDescription } from '#contract/widgets.ts';
import type { IncomingMessage } from 'node:http';
import type { Actor } from './actor.ts';
import type { Limits } from './http/limits.ts';
import type { Broadcast, SnapshotText } from './live/broadcast.ts';
import type { Log } from './log.ts';
import type { Outbound } from './outbound.ts';
import type { Problem } from './problem.ts';
import type { Producer } from './queue.ts';
import type { Secrets } from './secrets.ts';
import type { RedisClient } from './redis.ts';

/** What server and workers share: made once at start and handed on. */
export interface Tools {
  orm: MikroORM;
  /** For commands of our own; its calls end within 2 s. */
  redis: RedisClient;
  broadcast: Broadcast;
  producer: Producer;
  outbound: Outbound;
  secrets: Secrets;
  log: Log;
  /** The origin that links and cookies are made for, without a slash at its end. */
  baseUrl: string;
  /** Where this installation keeps its files. */
  dataDir: string;
  /** The version of this build. */
  version: string;
  /** SMTP server from the environment, where none is set in the product. */
  smtpUrl: string | undefined;
  /** Where Slack's API answers. */
  slackApiUrl: string;
  /** Where Gravatar answers; ends with a slash. */
  gravatarUrl: string;
}

/** What is kept of the widgets' snapshots in this process. */
export interface SnapshotTexts {
  /** The latest of each, in the same order; `undefined` for one that was never built. */
  texts(ids: readonly string[]): Promise<(SnapshotText | undefined)[]>;
}

/** How people arranged their dashboards, as far as this process knows. */
export interface PersonalLayouts {
  of(adminId: string): Promise<LayoutView>;
  /** What was read may be outdated: of one person, or of everybody. */
  forget(adminId?: string): void;
}

/** A widget as far as a dashboard is concerned with it. */
export interface ShownWidget {
  describe: WidgetDescription;
  /** Heavier ones stand lower. */
  weight: number;
  /** Whether it shows its parts, which name it in `describe.partOf`. */
  gathers: boolean;
  /** Absent where it shows what browsers are told anyway. */
  load: unknown;
  /** Types of events that change what it shows. */
  refreshOn: readonly string[];
}

/** A file of the operator's, as far as the product tells of it. */
export interface ShownExtension {
  /** Where it lies. */
  file: string;
  /** Under which id its widget, or the card with its trouble, stands on the dashboard. */
  widgetId: string;
  title: string;
  /** Why it cannot be loaded. */
  problem: string | undefined;
  needs: Permission;
  /** What the widget of the product's is called in whose place it stands. */
  replaces: string | undefined;
  /** The form of its settings (JSON Schema) and the names of the secrets among them; absent where there is nothing to set. */
  settings: { form: Record<string, unknown>; secrets: readonly string[] } | undefined;
  /** Holds settings against its own schema. @returns a sentence for each field at fault */
  check(settings: Record<string, unknown>): Promise<Record<string, string>>;
}

/** What the HTTP side needs beyond that; the rooms that own these answers hand them in. */
export interface ServerTools extends Tools {
  limits: Limits;
  /** What is spoken to whoever asks for no language of ours. */
  houseLanguage: () => Promise<Language>;
  /** Who sends this request, by cookie or API key. @throws Problem `signed_out` or `bad_api_key` */
  identify: (request: IncomingMessage, address: string, requestId: string) => Promise<Actor>;
  /** For a refusal: the missing right, the roles that grant it, the people who can give it to whoever was refused. */
  explainDenial: (em: EntityManager, permission: Permission, actor: Actor) => Promise<NonNullable<ProblemDocument['missing']>>;
  /** Writes a refusal into the activity log. */
  onDenied: (em: EntityManager, actor: Actor, permission: Permission, route: string) => Promise<void>;
  /** Writes an act that came to nothing into the activity log, if it is one that tells something. */
  onRefused: (
    em: EntityManager,
    actor: Actor,
    refusal: { route: string; problem: Problem; objectId?: string | undefined },
  ) => Promise<void>;
  /** Sockets and presence of this process; absent in a program that serves HTTP alone. */
  roster: { text(): string; version(): string } | undefined;
  /** The widgets' latest snapshots, as text. */
  snapshots: SnapshotTexts;
  layouts: PersonalLayouts;
  /** All there are, by id. */
  widgets: ReadonlyMap<string, ShownWidget>;
  /** The files of the extensions folder, by name. */
  extensions: () => readonly ShownExtension[];
  trustedProxies: readonly string[];
  /** Answers are held against the contract: on in tests, where a difference is a failure. */
  checkAnswers: boolean;
}
