import type { Permission } from './permissions.ts';
import { pageNames } from './words/en/pages.ts';

interface PageRight {
  /** As it is called in a sentence. */
  name: string;
  /** The right without which nobody sees it; `null`: anybody who is signed in. */
  needs: Permission | null;
}

/** Every page behind the door, by its address (`[id]` stands for any one part). The rail, the pages and Explain read this list. */
export const pages = {
  '/dashboard': { name: pageNames['/dashboard'], needs: 'dashboard.view' },
  '/todos': { name: pageNames['/todos'], needs: null },
  '/queues': { name: pageNames['/queues'], needs: 'queues.view' },
  '/queues/[name]': { name: pageNames['/queues/[name]'], needs: 'queues.view' },
  '/queues/[name]/[job]': { name: pageNames['/queues/[name]/[job]'], needs: 'queues.view' },
  '/staff': { name: pageNames['/staff'], needs: 'admins.view' },
  '/staff/new': { name: pageNames['/staff/new'], needs: 'admins.edit' },
  '/staff/[id]': { name: pageNames['/staff/[id]'], needs: 'admins.view' },
  '/staff/[id]/access': { name: pageNames['/staff/[id]/access'], needs: 'admins.view' },
  '/staff/[id]/activity': { name: pageNames['/staff/[id]/activity'], needs: 'admins.view' },
  '/staff/[id]/disable': { name: pageNames['/staff/[id]/disable'], needs: 'admins.disable' },
  '/staff/[id]/sessions': { name: pageNames['/staff/[id]/sessions'], needs: 'admins.secure' },
  '/staff/invite': { name: pageNames['/staff/invite'], needs: 'admins.invite' },
  '/staff/invitations/[id]': { name: pageNames['/staff/invitations/[id]'], needs: 'admins.view' },
  '/staff/invitations/[id]/edit': { name: pageNames['/staff/invitations/[id]/edit'], needs: 'admins.invite' },
  '/roles': { name: pageNames['/roles'], needs: 'roles.view' },
  '/roles/new': { name: pageNames['/roles/new'], needs: 'roles.edit' },
  '/roles/compare': { name: pageNames['/roles/compare'], needs: 'roles.view' },
  '/roles/[id]': { name: pageNames['/roles/[id]'], needs: 'roles.view' },
  '/departments': { name: pageNames['/departments'], needs: 'admins.view' },
  '/departments/[id]': { name: pageNames['/departments/[id]'], needs: 'admins.view' },
  '/notifications': { name: pageNames['/notifications'], needs: 'rules.view' },
  '/notifications/rules/new': { name: pageNames['/notifications/rules/new'], needs: 'rules.edit' },
  '/notifications/rules/[id]': { name: pageNames['/notifications/rules/[id]'], needs: 'rules.view' },
  '/notifications/providers': { name: pageNames['/notifications/providers'], needs: 'rules.view' },
  '/notifications/providers/[id]': { name: pageNames['/notifications/providers/[id]'], needs: 'rules.view' },
  '/notifications/log': { name: pageNames['/notifications/log'], needs: 'deliveries.view' },
  '/notifications/log/[id]': { name: pageNames['/notifications/log/[id]'], needs: 'deliveries.view' },
  '/activity': { name: pageNames['/activity'], needs: 'activity.view' },
  '/settings': { name: pageNames['/settings'], needs: 'settings.view' },
  '/settings/network': { name: pageNames['/settings/network'], needs: 'settings.view' },
  '/settings/extensions': { name: pageNames['/settings/extensions'], needs: 'settings.view' },
  '/settings/api-keys': { name: pageNames['/settings/api-keys'], needs: 'keys.view' },
  '/settings/api-keys/new': { name: pageNames['/settings/api-keys/new'], needs: 'keys.edit' },
  '/api/docs': { name: pageNames['/api/docs'], needs: null },
  '/settings/mail/kept': { name: pageNames['/settings/mail/kept'], needs: 'mail.read' },
  '/account': { name: pageNames['/account'], needs: null },
  '/account/security': { name: pageNames['/account/security'], needs: null },
  '/account/notifications': { name: pageNames['/account/notifications'], needs: null },
  '/account/preferences': { name: pageNames['/account/preferences'], needs: null },
  '/explain': { name: pageNames['/explain'], needs: null },
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
