import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { endpoints } from '#contract/api.ts';
import { EVENT_TYPES, eventKind } from '#contract/events.ts';
import { PAGES, pageAt, pageOf } from '#contract/pages.ts';
import { isPermission, PERMISSIONS, right } from '#contract/permissions.ts';
import { routes } from '#server/app.ts';
import publicRoutes from './public-routes.json' with { type: 'json' };
import reviewed from './route-rights.json' with { type: 'json' };

const root = path.join(import.meta.dirname, '..');
const sources = globSync('{contract,server,jobs,migrations,client/src}/**/*.{ts,svelte}', { cwd: root, exclude: ['**/*.d.ts'] });

/** Left may be imported by right; a room imports itself and what stands before it. */
const ORDER = [
  'words',
  'platform',
  'events',
  'settings',
  'projections',
  'hosts',
  'roles',
  'admins',
  'departments',
  'todos',
  'notes',
  'auth',
  'notifications',
  'access',
  'password-resets',
  'invitations',
  'accounts',
  'presence',
  'queues',
  'health',
  'dashboard',
  'widgets',
  'extensions',
  'activity',
];
const COMPOSITION = new Set([
  'app.ts',
  'serve.ts',
  'tools.ts',
  'mails.ts',
  'index.ts',
  'develop-client.ts',
  'worker.ts',
  'env.ts',
  'env-fields.ts',
]);
/** The one place that knows every table. */
const KNOWS_ALL = 'server/platform/db/orm.ts';

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g,
  );
  return [...found].map(([, type, fixed, lazy]) => {
    const name = fixed ?? lazy ?? '';
    const to = name.startsWith('.')
      ? path.join(path.dirname(file), name)
      : name.replace(/^#(contract|server|jobs)\//, '$1/').replace(/^#lib\//, 'client/src/lib/');
    return { from: file, to, typeOnly: type !== undefined };
  });
}
const imports = sources.flatMap(importsOf);
const codeOf = (file: string): string => readFileSync(path.join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
const room = (file: string): string => file.split('/')[1] ?? '';
const isOurs = (to: string): boolean => /^(contract|server|jobs|migrations|client|test)\//.test(to);

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const [area] = from.split('/');
  if (area === 'contract') return isOurs(to) ? to.startsWith('contract/') : to === 'zod';
  if (area === 'migrations') return to.startsWith('@mikro-orm/');
  if (area === 'client') return !isOurs(to) || to.startsWith('client/') || (to.startsWith('contract/') && (typeOnly || !reachesZod(to)));
  if (!isOurs(to)) return true;
  if (area === 'jobs')
    return (
      /^(contract|jobs)\//.test(to) ||
      (to.startsWith('server/') &&
        !/(?:^|[/-])api\.ts$/.test(to) &&
        !to.startsWith('server/platform/http/') &&
        to !== 'server/platform/live/socket.ts')
    );
  return to.startsWith('contract/') || (to.startsWith('server/') && serverMay(from, to));
}

function serverMay(from: string, to: string): boolean {
  if (from === KNOWS_ALL || COMPOSITION.has(room(from))) return true;
  if (room(from) === 'console') return true; // what an operator types may look at all there is, the routes too
  if (COMPOSITION.has(room(to))) return room(from) === 'embedded' && to === 'server/env.ts';
  if (room(from) === 'embedded') return ['embedded', 'platform'].includes(room(to));
  // an api.ts may ask rooms on its right how to present what they own, never the other way round
  return ORDER.indexOf(room(to)) <= ORDER.indexOf(room(from)) && ORDER.includes(room(to));
}

function reachesZod(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file)) return false;
  seen.add(file);
  return importsOf(file).some(({ to, typeOnly }) => !typeOnly && (to === 'zod' || (to.startsWith('contract/') && reachesZod(to, seen))));
}

describe('rooms', () => {
  test('every import goes the one way', () => {
    const trespasses = imports.filter(one => !isAllowed(one)).map(({ from, to }) => `${from} → ${to}`);
    expect(trespasses).toEqual([]);
  });

  test('server never imports jobs, and nothing imports a test', () => {
    expect(imports.filter(({ from, to }) => (from.startsWith('server/') && to.startsWith('jobs/')) || to.startsWith('test/'))).toEqual([]);
  });

  test('only wrappers import bits-ui, and icons come one by one', () => {
    const wrong = imports.filter(
      ({ from, to }) => (to === 'bits-ui' && !/^client\/src\/lib\/(ui|shell)\//.test(from)) || to === '@lucide/svelte',
    );
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('only one file goes out over the network', () => {
    const going = /(?<![.\w])fetch\(|\b(?:net|tls)\.(?:connect|createConnection)\(|\bhttps?\.(?:request|get)\(|new (?:net\.)?Socket\(/;
    const doors = sources.filter(file => /^(server|jobs)\//.test(file) && going.test(codeOf(file)));
    expect(doors).toEqual(['server/platform/outbound.ts']);
  });

  test('no file outgrows its room', () => {
    const long = sources.filter(
      file => file.startsWith('migrations/') === false && readFileSync(path.join(root, file), 'utf8').split('\n').length > 260,
    );
    expect(long).toEqual([]);
  });
});

const nameOf = ({ endpoint }: (typeof routes)[number]): string => `${endpoint.method} ${endpoint.path}`;

describe('routes', () => {
  test('every endpoint of the contract is served once, and nothing else is', () => {
    const promised = endpoints.map(({ method, path }) => `${method} ${path}`).toSorted();
    expect(routes.map(nameOf).toSorted()).toEqual(promised);
  });

  test('who may use each route stands in the reviewed list', () => {
    const rights = Object.fromEntries(routes.map(route => [nameOf(route), route.needs] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    expect(rights).toEqual(reviewed);
  });

  test('every right that a route asks for exists, and every public route says why', () => {
    for (const route of routes) {
      if (route.needs === 'public') expect(publicRoutes, nameOf(route)).toHaveProperty([nameOf(route)]);
      else if (route.needs !== 'signed-in' && route.needs !== 'known') expect(isPermission(route.needs), nameOf(route)).toBe(true);
    }
    expect(Object.keys(publicRoutes).toSorted()).toEqual(
      routes
        .filter(({ needs }) => needs === 'public')
        .map(nameOf)
        .toSorted(),
    );
  });

  test('every unsafe route has a strict schema for its body, says what it writes into the log, and is limited where strangers reach it', () => {
    for (const route of routes.filter(({ endpoint }) => endpoint.method !== 'GET')) {
      const name = nameOf(route);
      expect(route.records, `${name} must say what it records`).toBeDefined();
      if (Array.isArray(route.records)) {
        expect(route.records.length, name).toBeGreaterThan(0);
        for (const type of route.records)
          expect(type === 'business events' || eventKind(String(type)) !== undefined, `${name} records ${String(type)}`).toBe(true);
      }
      if (route.needs === 'public' && name !== 'POST /session') expect(route.limit, `${name} needs a limit of its own`).toBeDefined();
    }
  });

  test('an unknown field is refused in every body', () => {
    for (const { method, path, body, takes } of endpoints) {
      if (!body || takes || path === '/events') continue; // a file has no fields
      for (const shape of body instanceof z.ZodDiscriminatedUnion ? body.options : [body]) {
        const { error } = z.safeParse(shape, { isSuperadmin: true });
        const refused = error?.issues.some(issue => issue.code === 'unrecognized_keys');
        expect(refused, `${method} ${path} lets unknown fields by`).toBe(true);
      }
    }
  });
});

describe('pages', () => {
  /** Addresses of the pages behind the door, as their files lie. */
  const addresses = globSync('client/src/routes/(house)/**/+page.svelte', { cwd: root })
    .map(file =>
      path
        .dirname(file)
        .replace('client/src/routes', '')
        .replaceAll(/\/\([^)]*\)/g, ''),
    )
    .filter(address => !address.includes('[...'));

  test('every page behind the door stands in contract/pages.ts with the right that it needs, and no other', () => {
    expect(addresses.toSorted()).toEqual([...PAGES].toSorted());
  });

  test('an address finds its page, and one that is named in full goes before one with an id', () => {
    for (const page of PAGES) expect(pageAt(page.replaceAll(/\[\w+\]/g, 'x1')), page).toBe(page);
    expect(PAGES.every(page => pageOf(page).needs === null || isPermission(pageOf(page).needs ?? ''))).toBe(true);
  });
});

describe('the catalogue', () => {
  test('every event has a sentence, and every right implies rights that exist', () => {
    for (const type of EVENT_TYPES) expect(eventKind(type)?.label, type).toMatch(/^[A-Z].+[^.]$/);
    for (const permission of PERMISSIONS) for (const implied of right(permission).implies ?? []) expect(isPermission(implied)).toBe(true);
  });
});
