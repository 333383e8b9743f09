import type { AdminDetail } from '#contract/admins.ts';
import { call, type Input } from '#lib/api.ts';
import { ApiProblem } from '#lib/problem.ts';
import type { Reading } from '#lib/reading.svelte.ts';

type Change = Omit<Input<'PATCH /admins/:id'>['body'], 'version'>;
export type Field = keyof Change;
type Values = { [F in Field]-?: NonNullable<Change[F]> | null };

/** What stands on an account, field by field, as it would be sent. */
const stored = (admin: AdminDetail): Values => ({
  username: admin.username,
  email: admin.email,
  firstName: admin.firstName,
  lastName: admin.lastName,
  language: admin.language,
  signature: admin.signature,
  privateNotes: admin.privateNotes ?? null,
  roleIds: admin.roles.map(({ id }) => id),
  departments: admin.departments.map(({ id, ticketNotifications }) => ({ id, ticketNotifications })),
});

/** Lists are sets: their order is nobody's change. */
const text = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? value.map(one => JSON.stringify(one)).sort() : typeof value === 'string' ? value.trim() : value);
const same = (one: unknown, other: unknown): boolean => text(one) === text(other);

/**
 * What somebody is changing of an account. Only fields that they touched are sent; what others change meanwhile in other fields
 * appears by itself, and what they change in the same ones is a clash, to be decided by the person.
 */
export class Draft {
  readonly #account: Reading<AdminDetail>;
  /** What was typed, and what stood there when it was. */
  #touched = $state.raw<Partial<Record<Field, { mine: unknown; seen: unknown }>>>({});
  /** Who changed the account last, and when (ms), as far as anybody said. */
  theirs = $state.raw<{ by: string | undefined; at: number }>();

  constructor(account: Reading<AdminDetail>) {
    this.#account = account;
  }

  get #now(): Values {
    return stored(this.#account.value);
  }

  /** What the form shows. */
  of<F extends Field>(field: F): Values[F] {
    const touched = this.#touched[field];
    return touched ? (touched.mine as Values[F]) : this.#now[field]; // `put` takes nothing else
  }
  put<F extends Field>(field: F, mine: Values[F]): void {
    const seen = this.#touched[field]?.seen ?? this.#now[field];
    this.#touched = { ...this.#touched, [field]: { mine, seen } };
  }

  /** Fields that would change. */
  get changed(): Field[] {
    const now = this.#now;
    return (Object.keys(this.#touched) as Field[]).filter(field => !same(this.#touched[field]?.mine, now[field]));
  }
  get dirty(): boolean {
    return this.changed.length > 0;
  }
  /** Of these, those that somebody else changed under the person's hands. */
  get clashes(): Field[] {
    const now = this.#now;
    return this.changed.filter(field => !same(this.#touched[field]?.seen, now[field]));
  }
  storedOf<F extends Field>(field: F): Values[F] {
    return this.#now[field];
  }

  /** Gives up what was typed, in all fields or in these. */
  drop(fields: readonly Field[] = Object.keys(this.#touched) as Field[]): void {
    this.#touched = Object.fromEntries(Object.entries(this.#touched).filter(([field]) => !fields.includes(field as Field)));
  }

  /**
   * Sends what changed. Changes of others in other fields do not stand in the way; in the same ones they do, unless `overwrite`.
   * @returns whether it was saved: if not, there are clashes
   * @throws ApiProblem, NoAnswer
   */
  async save(overwrite = false): Promise<boolean> {
    for (;;) {
      if (this.clashes.length > 0 && !overwrite) return false;
      const { id, version } = this.#account.value;
      const body = { ...Object.fromEntries(this.changed.map(field => [field, this.of(field)])), version };
      try {
        this.#account.show(await call('PATCH /admins/:id', { params: { id }, body }));
        this.drop();
        return true;
      } catch (error) {
        if (!(error instanceof ApiProblem && error.code === 'conflict')) throw error;
        this.theirs = { by: /^(.+) changed this account/.exec(error.detail ?? '')?.[1], at: Date.now() };
        await this.#account.refresh();
        // what could not be read anew would be refused for ever
        if (this.#account.failure || this.#account.value.version === version) throw error;
        if (overwrite && this.clashes.length > 0) return false;
      }
    }
  }
}
