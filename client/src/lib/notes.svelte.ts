import type { NotesView } from '#contract/notes.ts';
import { call } from './api.ts';
import { live } from './live.svelte.ts';
import { ApiProblem, explain } from './problem.ts';
import { failureOf, type Failure } from './ui/surface.ts';

/** How long after the last letter notes are saved, in ms. */
const PAUSE = 600;
/** How long after a refusal they are tried again, in ms. */
const RETRY = 5000;

/** One's own notes: saved as they are typed, the same in every window. What two windows wrote at once is told, and neither is lost. */
export class Notes {
  text = $state('');
  state = $state<'saved' | 'typing' | 'saving' | 'failed'>('saved');
  known = $state(false);
  /** Why they could not be read. */
  failure = $state.raw<Failure>();
  /** Why they could not be saved. */
  refusal = $state('');
  /** What another window saved while something else was typed here. */
  theirs = $state.raw<NotesView>();
  #stored: NotesView = { text: '', version: 0, changedAt: null };
  /** What is on its way to the server. */
  #sent: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  type(text: string): void {
    this.text = text;
    this.state = 'typing';
    this.#soon(PAUSE);
  }

  /** Takes what is stored: at once where nothing else was typed, else as something to choose about. */
  hear(notes: NotesView): void {
    if (this.known && notes.version <= this.#stored.version) return;
    const clean = !this.known || this.text === this.#stored.text;
    const ours = notes.text === this.text || notes.text === this.#sent;
    this.known = true;
    this.failure = undefined;
    if (!clean && !ours) {
      this.theirs = notes;
      return;
    }
    this.#stored = notes;
    this.theirs = undefined;
    if (clean) this.text = notes.text;
    if (this.text === notes.text) this.state = 'saved';
  }

  async read(): Promise<void> {
    try {
      this.hear(await call('GET /me/notes'));
    } catch (error) {
      this.failure = failureOf(error);
    }
  }

  /** Saves what is typed, unless that is stored already or there is something to choose about. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.known || this.theirs || this.#sent !== undefined || this.text === this.#stored.text) return;
    this.#sent = this.text;
    this.state = 'saving';
    this.refusal = '';
    try {
      this.hear(await call('PUT /me/notes', { body: { version: this.#stored.version, text: this.#sent } }));
    } catch (error) {
      this.state = 'failed';
      if (error instanceof ApiProblem && error.code === 'conflict') {
        this.#sent = undefined;
        await this.read();
        return;
      }
      this.refusal = explain(error);
      this.#soon(RETRY);
    } finally {
      this.#sent = undefined;
    }
    if (!this.refusal && this.text !== this.#stored.text) this.#soon(PAUSE);
  }

  /** Shows what the other window saved; what was typed here goes. */
  takeTheirs(): void {
    if (!this.theirs) return;
    this.#stored = this.theirs;
    this.text = this.theirs.text;
    this.theirs = undefined;
    this.state = 'saved';
  }

  /** Saves what was typed here over what the other window saved. */
  keepMine(): void {
    if (!this.theirs) return;
    this.#stored = this.theirs;
    this.theirs = undefined;
    void this.save();
  }

  /** Follows the link as long as they stand; what is typed is saved when the page is left. @returns what ends that */
  watch(): () => void {
    void this.read();
    const leave = () => void this.save();
    document.addEventListener('visibilitychange', leave);
    const ends = [
      live.on('notes:changed', notes => this.hear(notes)),
      live.follow(() => void this.read()),
      () => document.removeEventListener('visibilitychange', leave),
      leave,
    ];
    return () => ends.forEach(end => end());
  }

  #soon(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), ms);
  }
}
