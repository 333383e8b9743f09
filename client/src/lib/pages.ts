import type { Component } from 'svelte';
import Bell from '@lucide/svelte/icons/bell';
import Building from '@lucide/svelte/icons/building-2';
import KeyRound from '@lucide/svelte/icons/key-round';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import ListChecks from '@lucide/svelte/icons/list-checks';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Send from '@lucide/svelte/icons/send';
import Settings from '@lucide/svelte/icons/settings';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import SquareCheckBig from '@lucide/svelte/icons/square-check-big';
import Users from '@lucide/svelte/icons/users';
import { resolve } from '$app/paths';
import { pages as rights } from '#contract/pages.ts';
import type { Permission } from '#contract/permissions.ts';
import { house as words } from './words/en/house.ts';

export interface Place {
  /** Resolved. */
  href: string;
  name: string;
  Icon: Component<{ size?: number; strokeWidth?: number; 'aria-hidden'?: 'true' }>;
  needs: Permission;
  /** Keys one after the other: "g d". */
  keys?: string;
}
export interface Section {
  name: string;
  places: Place[];
}

const { pages, groups } = words;

/** Every page of the rail, by section. Whoever lacks the right does not see it. */
export const sections: Section[] = [
  {
    name: groups.operate,
    places: [
      { href: resolve('dashboard'), name: pages.dashboard, Icon: LayoutDashboard, needs: rights['/dashboard'].needs, keys: 'g d' },
      { href: resolve('todos'), name: pages.todos, Icon: SquareCheckBig, needs: rights['/dashboard'].needs, keys: 'g t' },
      { href: resolve('queues'), name: pages.queues, Icon: ListChecks, needs: rights['/queues'].needs, keys: 'g q' },
    ],
  },
  {
    name: groups.people,
    places: [
      { href: resolve('staff'), name: pages.staff, Icon: Users, needs: rights['/staff'].needs, keys: 'g s' },
      { href: resolve('roles'), name: pages.roles, Icon: ShieldCheck, needs: rights['/roles'].needs, keys: 'g r' },
      { href: resolve('departments'), name: pages.departments, Icon: Building, needs: rights['/departments'].needs },
    ],
  },
  {
    name: groups.signals,
    places: [
      { href: resolve('notifications'), name: pages.notifications, Icon: Bell, needs: rights['/notifications'].needs, keys: 'g n' },
      { href: resolve('notifications/log'), name: pages.deliveries, Icon: Send, needs: rights['/notifications/log'].needs, keys: 'g l' },
      { href: resolve('activity'), name: pages.activity, Icon: ScrollText, needs: rights['/activity'].needs, keys: 'g a' },
    ],
  },
  {
    name: groups.system,
    places: [
      { href: resolve('settings'), name: pages.settings, Icon: Settings, needs: rights['/settings'].needs },
      { href: resolve('settings/api-keys'), name: pages.keys, Icon: KeyRound, needs: rights['/settings/api-keys'].needs },
    ],
  },
];

/** The sections with what somebody may see of each; empty ones go. */
export const sectionsFor = (may: (permission: Permission) => boolean): Section[] =>
  sections
    .map(({ name, places }) => ({ name, places: places.filter(({ needs }) => may(needs)) }))
    .filter(({ places }) => places.length > 0);

/** Of the places given, the one an address belongs to: the longest that begins it, so `/notifications/log` is not `/notifications`. */
export const placeOf = (places: Place[], pathname: string): Place | undefined =>
  places
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .reduce<Place | undefined>((longest, place) => (longest && longest.href.length > place.href.length ? longest : place), undefined);
