import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { type Arrangement, type LayoutView, arrangement } from '#contract/layout.ts';
import { mergeDefaults } from './merge-defaults.ts';

const KEPT = 2000;
const EVERYTHING: Arrangement = { shown: [], hidden: [] };

interface Row {
  version: number | null;
  own: unknown;
  defaults: { role: string; arrangement: unknown }[];
}

const ROW = `
  select o.version, o.arrangement as own,
         coalesce((select json_agg(json_build_object('role', r.name, 'arrangement', d.arrangement) order by r.name)
                     from default_layout d join role r on r.id = d.role_id
                     join admin_roles ar on ar.role_id = r.id and ar.admin_id = a.id), '[]') as defaults
    from admin a left join own_layout o on o.admin_id = a.id
   where a.id = ?`;

/** What another version of this program stored and this one does not read counts as nothing said. */
const read = (stored: unknown): Arrangement => arrangement.safeParse(stored).data ?? EVERYTHING;

/** How somebody's dashboard is arranged: as they did it, else by the defaults of their roles, else as the product comes. */
async function layoutOf(em: EntityManager, adminId: string): Promise<LayoutView> {
  const [row] = await em.execute<Row[]>(ROW, [adminId]);
  const version = row?.version ?? 0;
  if (row?.own) return { ...read(row.own), source: 'own', roles: [], version };
  const defaults = row?.defaults ?? [];
  if (defaults.length === 0) return { ...EVERYTHING, source: 'product', roles: [], version };
  const merged = mergeDefaults(defaults.map(each => read(each.arrangement)));
  return { ...merged, source: 'roles', roles: defaults.map(({ role }) => role), version };
}

/** People's layouts as this process knows them, so that opening a dashboard where nothing changed asks the database nothing. */
export class Layouts {
  readonly #orm: MikroORM;
  readonly #known = new Map<string, Promise<LayoutView>>();

  constructor(orm: MikroORM) {
    this.#orm = orm;
  }

  of(adminId: string): Promise<LayoutView> {
    const known = this.#known.get(adminId);
    if (known) return known;
    const reading = layoutOf(this.#orm.em.fork(), adminId);
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(adminId, reading);
    reading.catch(() => this.forget(adminId));
    return reading;
  }

  /** What was read may be outdated: of one person, or of everybody. */
  forget(adminId?: string): void {
    if (adminId === undefined) this.#known.clear();
    else this.#known.delete(adminId);
  }
}
