import { Migrator } from '@mikro-orm/migrations';
import { MikroORM, type Options, defineConfig } from '@mikro-orm/postgresql';
import { SavedFilter } from '../../activity/SavedFilter.ts';
import { Admin } from '../../admins/Admin.ts';
import { Avatar, Gravatar } from '../../admins/Avatar.ts';
import { ApiKey } from '../../auth/ApiKey.ts';
import { PasswordReset } from '../../auth/PasswordReset.ts';
import { Passkey, PasskeyChallenge, RecoveryCode, Totp } from '../../auth/SecondFactor.ts';
import { Session } from '../../auth/Session.ts';
import { DefaultLayout, OwnLayout } from '../../dashboard/Layout.ts';
import { Department, DepartmentMember } from '../../departments/Department.ts';
import { ChainCheck } from '../../events/ChainCheck.ts';
import { Event, EventPending, EventSeal } from '../../events/Event.ts';
import { ExtensionSettings } from '../../extensions/ExtensionSettings.ts';
import { Vital } from '../../health/Vital.ts';
import { WorkerSign } from '../../health/WorkerSign.ts';
import { HostCheck, WatchedHost } from '../../hosts/WatchedHost.ts';
import { Invitation, InvitationDepartment, InvitationOldLink } from '../../invitations/Invitation.ts';
import { Notes } from '../../notes/Notes.ts';
import { Attempt, Delivery } from '../../notifications/Delivery.ts';
import { ProviderActivation } from '../../notifications/ProviderActivation.ts';
import { Rule } from '../../notifications/Rule.ts';
import { ProjectedClient } from '../../projections/ProjectedClient.ts';
import { ProjectedInvoice } from '../../projections/ProjectedInvoice.ts';
import { ProjectedOrder } from '../../projections/ProjectedOrder.ts';
import { ProjectedPayment } from '../../projections/ProjectedPayment.ts';
import { ProjectedTicket, ProjectedTicketWord } from '../../projections/ProjectedTicket.ts';
import { ProjectionState } from '../../projections/ProjectionState.ts';
import { JobTally } from '../../queues/JobTally.ts';
import { Role } from '../../roles/Role.ts';
import { Todo } from '../../todos/Todo.ts';
import { Organisation } from '../../settings/Organisation.ts';
import { letGoOfEnded } from './let-go.ts';

const config = defineConfig({
  clientUrl: process.env['DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/quarterdeck',
  entities: [
    Admin,
    ApiKey,
    Attempt,
    Avatar,
    ChainCheck,
    DefaultLayout,
    Delivery,
    Department,
    DepartmentMember,
    Event,
    EventPending,
    EventSeal,
    ExtensionSettings,
    Gravatar,
    HostCheck,
    Invitation,
    InvitationDepartment,
    InvitationOldLink,
    JobTally,
    Notes,
    Organisation,
    OwnLayout,
    Passkey,
    PasskeyChallenge,
    PasswordReset,
    ProjectedClient,
    ProjectedInvoice,
    ProjectedOrder,
    ProjectedPayment,
    ProjectedTicket,
    ProjectedTicketWord,
    ProjectionState,
    ProviderActivation,
    RecoveryCode,
    Role,
    Rule,
    SavedFilter,
    Session,
    Todo,
    Totp,
    Vital,
    WatchedHost,
    WorkerSign,
  ],
  extensions: [Migrator],
  migrations: { path: `${import.meta.dirname}/../../../migrations`, glob: '!(*.d).ts', snapshotName: 'snapshot' },
  // waiting has an end: a locked table or a frozen database must not hold every request
  driverOptions: {
    statement_timeout: 5000,
    lock_timeout: 2000,
    idle_in_transaction_session_timeout: 10_000,
    connectionTimeoutMillis: 2000,
    onPoolCreated: letGoOfEnded,
  },
  pool: { min: 0, max: 10 },
});
export default config;

/** Connects to a database as every process of the product does. */
export const openOrm = (clientUrl: string, overrides: Partial<Options> = {}): Promise<MikroORM> =>
  MikroORM.init({ ...config, clientUrl, migrations: { ...config.migrations, snapshot: false, silent: true }, ...overrides });
