import type { Permission } from './permissions.ts';

interface PageRight {
  /** As it is called in a sentence. */
  name: string;
  /** The right without which nobody sees it; `null`: anybody who is signed in. */
  needs: Permission | null;
}

/** Every page behind the door, by its address (`[id]` stands for any one part). The rail, the pages and Explain read this list. */
export const pages = {
  '/dashboard': { name: 'Dashboard', needs: 'dashboard.view' },
  '/todos': { name: 'To-dos', needs: null },
  '/queues': { name: 'Queues', needs: 'queues.view' },
  '/queues/[name]': { name: 'A queue', needs: 'queues.view' },
  '/queues/[name]/[job]': { name: 'A job', needs: 'queues.view' },
  '/staff': { name: 'Staff', needs: 'admins.view' },
  '/staff/new': { name: 'Add an admin by hand', needs: 'admins.edit' },
  '/staff/[id]': { name: 'An account', needs: 'admins.view' },
  '/staff/[id]/access': { name: 'The access of an account', needs: 'admins.view' },
  '/staff/[id]/activity': { name: 'The activity of an account', needs: 'admins.view' },
  '/staff/[id]/disable': { name: 'Disable an account', needs: 'admins.disable' },
  '/staff/[id]/sessions': { name: 'Login sessions of an account', needs: 'admins.secure' },
  '/staff/invite': { name: 'Invite staff', needs: 'admins.invite' },
  '/staff/invitations/[id]': { name: 'An invitation', needs: 'admins.view' },
  '/staff/invitations/[id]/edit': { name: 'Edit an invitation', needs: 'admins.invite' },
  '/roles': { name: 'Roles', needs: 'roles.view' },
  '/roles/new': { name: 'New role', needs: 'roles.edit' },
  '/roles/compare': { name: 'Compare roles', needs: 'roles.view' },
  '/roles/[id]': { name: 'A role', needs: 'roles.view' },
  '/departments': { name: 'Departments', needs: 'admins.view' },
  '/departments/[id]': { name: 'A department', needs: 'admins.view' },
  '/notifications': { name: 'Notifications', needs: 'rules.view' },
  '/notifications/rules/new': { name: 'New rule', needs: 'rules.edit' },
  '/notifications/rules/[id]': { name: 'A rule', needs: 'rules.view' },
  '/notifications/providers': { name: 'Providers', needs: 'rules.view' },
  '/notifications/providers/[id]': { name: 'A provider', needs: 'rules.view' },
  '/notifications/log': { name: 'Delivery log', needs: 'deliveries.view' },
  '/notifications/log/[id]': { name: 'A delivery', needs: 'deliveries.view' },
  '/activity': { name: 'Activity log', needs: 'activity.view' },
  '/settings': { name: 'Settings', needs: 'settings.view' },
  '/settings/network': { name: 'Network', needs: 'settings.view' },
  '/settings/extensions': { name: 'Extensions', needs: 'settings.view' },
  '/settings/api-keys': { name: 'API keys', needs: 'keys.view' },
  '/settings/api-keys/new': { name: 'New API key', needs: 'keys.edit' },
  '/api/docs': { name: 'API', needs: null },
  '/settings/mail/kept': { name: 'Kept mail', needs: 'mail.read' },
  '/account': { name: 'My Account', needs: null },
  '/account/security': { name: 'Security', needs: null },
  '/account/notifications': { name: 'My notifications', needs: null },
  '/account/preferences': { name: 'Preferences', needs: null },
  '/explain': { name: 'Explain', needs: null },
} as const satisfies Record<string, PageRight>;

export type PagePath = keyof typeof pages;
export const PAGES = Object.keys(pages) as PagePath[];
const all: Record<PagePath, PageRight> = pages;
export const pageOf = (path: PagePath): PageRight => all[path];

const fits = (path: string, address: string): boolean => {
  const [parts, given] = [path.split('/'), address.split('/')];
  return parts.length === given.length && parts.every((part, n) => part === given[n] || (part.startsWith('[') && given[n] !== ''));
};
/** The page that an address such as `/roles/0193…` shows; one that is named in full goes before one with an id in it. */
export const pageAt = (address: string): PagePath | undefined =>
  PAGES.find(path => path === address) ?? PAGES.find(path => fits(path, address));
