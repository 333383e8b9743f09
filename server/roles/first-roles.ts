import type { EntityManager } from '@mikro-orm/postgresql';
import type { Permission } from '#contract/permissions.ts';
import { Role } from './Role.ts';

const OPERATOR: Permission[] = ['dashboard.view', 'presence.view', 'overview.view'];

const FIRST_ROLES: {
  name: string;
  description: string;
  superadmin?: true;
  permissions: Permission[];
  messageTypes: string[];
  secondFactorDemanded?: true;
}[] = [
  {
    name: 'Full Administrator',
    description: 'Holds every right there is, now and later.',
    superadmin: true,
    permissions: [],
    messageTypes: ['system', 'account', 'support'],
    secondFactorDemanded: true,
  },
  {
    name: 'Sales Operator',
    description: 'Watches orders, income, clients and who is online.',
    permissions: [...OPERATOR, 'billing.view', 'orders.view', 'clients.view'],
    messageTypes: ['account'],
  },
  {
    name: 'Support Operator',
    description: 'Watches tickets, queues, staff and what everybody does.',
    permissions: [...OPERATOR, 'tickets.view', 'clients.view', 'queues.view', 'activity.view', 'admins.view'],
    messageTypes: ['support'],
  },
];

/** Makes the roles that an installation starts with. Where there is any role already, nothing: deleted ones stay deleted. */
export async function ensureFirstRoles(em: EntityManager): Promise<void> {
  await em.transactional(async em => {
    // several processes may start at once, and each would find the table empty
    await em.execute('lock table "role" in share row exclusive mode');
    if ((await em.count(Role)) > 0) return;
    for (const role of FIRST_ROLES) em.create(Role, role);
  });
}
