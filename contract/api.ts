import type { z } from 'zod';
import * as access from './access.ts';
import * as activity from './activity.ts';
import * as admins from './admins.ts';
import * as auth from './auth.ts';
import * as avatars from './avatars.ts';
import * as dashboard from './dashboard.ts';
import * as deliveries from './deliveries.ts';
import * as departments from './departments.ts';
import * as description from './description.ts';
import type { Endpoint, Params } from './endpoint.ts';
import * as events from './events.ts';
import * as extensions from './extensions.ts';
import * as hosts from './hosts.ts';
import * as invitations from './invitations.ts';
import * as keys from './keys.ts';
import * as layout from './layout.ts';
import * as notes from './notes.ts';
import * as notifications from './notifications.ts';
import * as passwordResets from './password-resets.ts';
import * as ownNotifications from './own-notifications.ts';
import * as presence from './presence.ts';
import * as providers from './providers.ts';
import * as queues from './queues.ts';
import * as roles from './roles.ts';
import * as secondFactor from './second-factor.ts';
import * as settings from './settings.ts';
import * as setup from './setup.ts';
import * as todos from './todos.ts';

type EndpointsOf<M> = Extract<M[keyof M], Endpoint>;
type AnyEndpoint =
  | EndpointsOf<typeof access>
  | EndpointsOf<typeof activity>
  | EndpointsOf<typeof admins>
  | EndpointsOf<typeof auth>
  | EndpointsOf<typeof avatars>
  | EndpointsOf<typeof dashboard>
  | EndpointsOf<typeof deliveries>
  | EndpointsOf<typeof departments>
  | EndpointsOf<typeof description>
  | EndpointsOf<typeof events>
  | EndpointsOf<typeof extensions>
  | EndpointsOf<typeof hosts>
  | EndpointsOf<typeof invitations>
  | EndpointsOf<typeof keys>
  | EndpointsOf<typeof layout>
  | EndpointsOf<typeof notes>
  | EndpointsOf<typeof notifications>
  | EndpointsOf<typeof passwordResets>
  | EndpointsOf<typeof ownNotifications>
  | EndpointsOf<typeof presence>
  | EndpointsOf<typeof providers>
  | EndpointsOf<typeof queues>
  | EndpointsOf<typeof roles>
  | EndpointsOf<typeof secondFactor>
  | EndpointsOf<typeof settings>
  | EndpointsOf<typeof setup>
  | EndpointsOf<typeof todos>;

/** Every endpoint by `METHOD /path`, as a caller sees it: the client and the tests are typed by this and import no schema. */
export type Endpoints = {
  [E in AnyEndpoint as `${E['method']} ${E['path']}`]: {
    method: E['method'];
    params: Params<E['path']>;
    query: z.input<NonNullable<E['query']>>;
    body: z.input<NonNullable<E['body']>>;
    result: z.output<NonNullable<E['result']>>;
  };
};

const rooms = {
  access,
  activity,
  admins,
  auth,
  avatars,
  dashboard,
  deliveries,
  departments,
  description,
  events,
  extensions,
  hosts,
  invitations,
  keys,
  layout,
  notes,
  notifications,
  ownNotifications,
  passwordResets,
  presence,
  providers,
  queues,
  roles,
  secondFactor,
  settings,
  setup,
  todos,
};
const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value;

/** What each endpoint is called, and the subject it stands under. */
export const catalogue: ReadonlyMap<Endpoint, { name: string; subject: string }> = new Map(
  Object.entries(rooms).flatMap(([subject, room]) =>
    Object.entries(room).flatMap(([name, value]): [Endpoint, { name: string; subject: string }][] =>
      isEndpoint(value) ? [[value, { name, subject }]] : [],
    ),
  ),
);
/** Every endpoint there is. */
export const endpoints: readonly Endpoint[] = [...catalogue.keys()];
