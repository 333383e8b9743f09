import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin, Rolldown } from 'vite';

const PREFIX = '\0section:';
/** What everybody loads who is signed in, and who is not. */
const HOUSE = 'house';
const DOOR = 'door';
/** The page that most people come for travels with the frame around it. */
const FRONT: Readonly<Record<string, string>> = { [HOUSE]: 'dashboard', [DOOR]: 'sign-in' };
/** Pages heavy enough within a section, and rare enough, to travel by themselves. */
const APART: Readonly<Record<string, string>> = { notifications: 'rules', staff: 'invitations' };
/** Kit's list of nodes (layouts, pages, error pages; a module each) and of the nodes that each route is made of. */
const LIST = /client-optimized[\\/]app\.js$/;
const ENTRY = path.join(path.dirname(createRequire(import.meta.url).resolve('@sveltejs/kit/package.json')), 'src/runtime/client/bundle.js');

/** `/(house)/staff/[id]` stands in `house` and is of section `house-staff`. What lies under a front page does not travel with it. */
function placeOf(route: string): { frame: string; section: string } {
  const [, frame = HOUSE, place = '', under = ''] = /^\/(?:\((\w+)\)\/)?([\w-]*)(.*)/.exec(route) ?? [];
  if (place === '' || (place === FRONT[frame] && under === '')) return { frame, section: frame };
  const apart = APART[place];
  return { frame, section: apart !== undefined && under.startsWith(`/${apart}/`) ? `${frame}-${place}-${apart}` : `${frame}-${place}` };
}

/** Route → its nodes, read from Kit's list. */
function routesOf(list: string): Map<string, number[]> {
  const lines = list.matchAll(/"(\/[^"]*)": (\[.*\]),?$/gm);
  return new Map([...lines].map(([, route = '', nodes = '']) => [route, [...nodes.matchAll(/\d+/g)].map(([node]) => Number(node))]));
}

/** Node → section. What several sections need comes with their frame; the root's nodes, which no route names, are in none. */
function sectionsOf(routes: ReadonlyMap<string, readonly number[]>): Map<number, string> {
  const sections = new Map<number, string>();
  for (const [route, nodes] of routes) {
    const { frame, section } = placeOf(route);
    for (const node of nodes) sections.set(node, (sections.get(node) ?? section) === section ? section : frame);
  }
  return sections;
}

/** These and all that comes with them, without what is imported late. */
function closure(from: readonly string[], importsOf: (id: string) => readonly string[] | undefined): Set<string> {
  const found = new Set<string>();
  const waiting = [...from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(importsOf(id) ?? []));
  }
  return found;
}

/** Route → the files of its first load, scripts and styles. */
function filesOf(routes: ReadonlyMap<string, readonly number[]>, bundle: Rolldown.OutputBundle): Record<string, string[]> {
  const chunks = new Map(Object.values(bundle).flatMap(output => (output.type === 'chunk' ? [[output.fileName, output]] : [])));
  const fileWith = (module: string): string => {
    for (const [file, { moduleIds, facadeModuleId }] of chunks) if (facadeModuleId === module || moduleIds.includes(module)) return file;
    throw new Error(`No file of the build holds ${module.slice(1)}: does Kit list its nodes in another way now?`);
  };
  const sections = sectionsOf(routes);
  const filesOfRoute = (nodes: readonly number[]): string[] => {
    const own = new Set(nodes.flatMap(node => sections.get(node) ?? []));
    const scripts = [...closure([ENTRY, ...[...own].map(section => PREFIX + section)].map(fileWith), file => chunks.get(file)?.imports)];
    return [...scripts, ...new Set(scripts.flatMap(file => [...(chunks.get(file)?.viteMetadata?.importedCss ?? [])]))];
  };
  return Object.fromEntries([...routes].map(([route, nodes]) => [route, filesOfRoute(nodes)]));
}

/**
 * Lets pages travel by section. Kit makes a file of each layout, page and error page, and the bundler one of whatever some of them
 * share: a page would ask for forty. Here a section is one file, and the runtime with what door and house share is another. Which
 * files a route needs is left beside Vite's manifest, for the server to name them in the HTML.
 *
 * It builds upon Kit's single bundle, whose start is one file, and divides it again.
 */
export function sections(): Plugin {
  let routes = new Map<string, number[]>();
  let members = new Map<string, string[]>();
  let groups: { core: Set<string>; house: Set<string> } | undefined;

  /** Each group holds what its modules need, or the core does: no file needs one that needs it. */
  function groupOf(id: string, context: Rolldown.ChunkingContext): string | null {
    if (!groups) {
      const from = (...modules: string[]) => closure(modules, id => context.getModuleInfo(id)?.importedIds);
      const atTheDoor = [...routes.keys()].map(placeOf).filter(({ frame }) => frame === DOOR);
      const house = from(PREFIX + HOUSE);
      groups = { core: from(ENTRY).union(house.intersection(from(...atTheDoor.map(({ section }) => PREFIX + section)))), house };
    }
    if (groups.core.has(id) || id.startsWith('\0rolldown/runtime')) return 'core';
    return groups.house.has(id) ? HOUSE : null;
  }

  return {
    name: 'sections',
    apply: 'build',
    enforce: 'post',
    configEnvironment: name => {
      if (name !== 'client') return;
      const codeSplitting = { groups: [{ name: groupOf }], includeDependenciesRecursively: false };
      return { build: { rolldownOptions: { preserveEntrySignatures: 'allow-extension', output: { codeSplitting } } } };
    },
    resolveId: id => (id.startsWith(PREFIX) ? id : undefined),
    load: id => (id.startsWith(PREFIX) ? members.get(id.slice(PREFIX.length))?.join('\n') : undefined),
    transform: {
      filter: { id: LIST },
      handler(list, id) {
        routes = routesOf(list);
        members = new Map();
        groups = undefined;
        const sections = sectionsOf(routes);
        const root: string[] = [];
        const code = list.replaceAll(/\(\) => import\('(\.\/nodes\/(\d+))'\)/g, (_, file: string, node: string) => {
          const named = `* as node${node} from ${JSON.stringify(path.join(path.dirname(id), `${file}.js`))};`;
          const section = sections.get(Number(node));
          if (section === undefined) {
            root.push(`import ${named}`);
            return `async () => node${node}`;
          }
          members.set(section, [...(members.get(section) ?? []), `export ${named}`]);
          return `() => import(${JSON.stringify(PREFIX + section)}).then(section => section.node${node})`;
        });
        return { code: `${root.join('\n')}\n${code}`, map: null };
      },
    },
    generateBundle(_, bundle) {
      if (this.environment.name !== 'client') return;
      this.emitFile({ type: 'asset', fileName: '.vite/routes.json', source: JSON.stringify(filesOf(routes, bundle)) });
    },
  };
}
