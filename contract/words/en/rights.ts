/** What the rights are called, and what each lets somebody do, in one line. */
export const rights = {
  'dashboard.view': { label: 'View dashboard', effect: 'Opens the dashboard and the widgets its other rights allow.' },
  'todos.share': { label: 'Share to-dos', effect: 'Sees, adds and completes the to-dos that are shared, and can be given some.' },
  'presence.view': { label: 'View Staff Online', effect: 'Sees who has the admin area open, since when and where.' },
  'overview.view': { label: 'View business figures', effect: 'Sees the sums of orders, income and tickets.' },
  'billing.view': { label: 'View billing', effect: 'Sees income over time, refunds and overdue invoices.' },
  'orders.view': { label: 'View orders', effect: 'Sees orders, whose they are and what became of them.' },
  'tickets.view': { label: 'View tickets', effect: 'Sees which tickets wait for whom, and how long.' },
  'clients.view': { label: 'View clients', effect: 'Sees the clients and what they did last.' },
  'queues.view': { label: 'View queues', effect: 'Sees what the workers are doing and what waits or failed.' },
  'queues.manage': { label: 'Manage queues', effect: 'Pauses and resumes queues, has failed jobs tried again and removes jobs.' },
  'system.view': { label: 'View system health', effect: 'Sees the state of database, Redis, disk, clock and versions.' },
  'admins.view': { label: 'View staff', effect: 'Sees accounts and invitations.' },
  'admins.invite': { label: 'Invite staff', effect: 'Sends, resends and revokes invitations to roles that grant no more than their own.' },
  'admins.edit': {
    label: 'Edit staff',
    effect: 'Adds admins by hand and changes accounts, roles and departments of people who hold no more than they do.',
  },
  'admins.disable': { label: 'Disable staff', effect: 'Disables, enables and deletes accounts, and hands over what they own.' },
  'admins.secure': {
    label: 'Secure accounts',
    effect: 'Sees and ends login sessions of others, sends them password resets and resets their second factor.',
  },
  'departments.edit': {
    label: 'Edit departments',
    effect: 'Makes, changes, orders and deletes departments and decides who belongs to them.',
  },
  'roles.edit': { label: 'Edit roles', effect: 'Makes, changes and deletes roles that grant no more than they hold.' },
  'roles.view': { label: 'View roles', effect: 'Sees the roles and what each one grants.' },
  'rules.view': { label: 'View notification rules', effect: 'Sees the rules, and which providers are active.' },
  'rules.edit': { label: 'Edit notification rules', effect: 'Makes, changes, tests and deletes rules.' },
  'providers.edit': { label: 'Set up providers', effect: 'Activates and changes email, Slack and the other ways out.' },
  'deliveries.view': { label: 'View delivery log', effect: 'Follows each message from the event to the answer.' },
  'deliveries.replay': { label: 'Send again', effect: 'Sends failed and suppressed messages once more.' },
  'activity.view': { label: 'View activity log', effect: 'Sees who changed what, when and from where.' },
  'events.read': { label: 'Read events', effect: 'Reads the numbered stream of events through the API.' },
  'events.write': { label: 'Post events', effect: 'Posts business events and events of their own through the API.' },
  'settings.view': { label: 'View settings', effect: 'Sees what the organisation chose.' },
  'settings.edit': { label: 'Edit settings', effect: 'Changes name, time zone, rows per page and password length.' },
  'mail.read': { label: 'Read kept mail', effect: 'Reads messages that were kept because no mail server is set.' },
  'keys.view': { label: 'View API keys', effect: 'Sees which keys exist, what they may do and when they were used.' },
  'keys.edit': { label: 'Make and revoke API keys', effect: 'Makes keys with scopes they hold themselves, and revokes any key.' },
};

/** What the groups of rights are called. */
export const rightGroups = { Operate: 'Operate', People: 'People', Signals: 'Signals', System: 'System' };
