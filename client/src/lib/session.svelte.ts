import type { Me, SessionView } from '#contract/auth.ts';
import { declareRights } from '#contract/declared-rights.ts';
import type { Permission } from '#contract/permissions.ts';
import { call, read, type Input } from './api.ts';
import { useTimeZone } from './clock.svelte.ts';
import { switchSingleKeys } from './keys.ts';
import { ApiProblem } from './problem.ts';
import { theme } from './theme.svelte.ts';

type Change = Omit<Input<'PATCH /me'>['body'], 'version'>;

/** Who I am and what I may do, as the server says. What is hidden here for want of a right the server refuses as well. */
class Session {
  #view = $state.raw<SessionView>();

  get known(): boolean {
    return this.#view !== undefined;
  }
  /** Only below the signed-in layout, which loads it first. */
  get view(): SessionView {
    if (!this.#view) throw new Error('the session was read before it was loaded');
    return this.#view;
  }
  get me(): Me {
    return this.view.me;
  }
  get organisation(): SessionView['organisation'] {
    return this.view.organisation;
  }
  /** *Records to Display per Page*: the person's own choice, else the installation's. */
  get rowsPerPage(): number {
    return this.me.rowsPerPage ?? this.organisation.rowsPerPage;
  }

  may(permission: Permission): boolean {
    return this.#view?.permissions.includes(permission) ?? false;
  }

  /** Takes what a sign-in, a set-up or an accepted invitation answered. */
  take(view: SessionView): void {
    declareRights(view.declaredRights); // before anything is drawn that names them
    this.#view = view;
    useTimeZone(view.me.timeZone ?? view.organisation.timeZone);
    if (theme.wish !== view.me.theme) theme.choose(view.me.theme);
    switchSingleKeys(view.me.shortcuts);
    document.documentElement.dataset['density'] = view.me.density;
  }

  /** Asks the server; the first time the answer may lie in the page. */
  async load(): Promise<void> {
    this.take(await read('GET /session'));
  }

  /** Changes my own account; others' changes in between are a conflict. */
  async edit(change: Change): Promise<void> {
    const me = await call('PATCH /me', { body: { version: this.me.version, ...change } });
    this.take({ ...this.view, me });
  }

  /**
   * Changes one preference. It is a choice by itself: that something else of the account changed meanwhile, on another machine
   * or by somebody else, does not stand in its way.
   */
  async prefer(change: Change): Promise<void> {
    try {
      await this.edit(change);
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === 'conflict')) throw error;
      this.take(await call('GET /session'));
      await this.edit(change);
    }
  }

  /** Takes what another answer says of my own account. */
  merge(part: Partial<Me>): void {
    this.take({ ...this.view, me: { ...this.me, ...part } });
  }

  forget(): void {
    this.#view = undefined;
  }
}
export const session = new Session();
