import { focusFirstFault } from './form.ts';
import { ApiProblem, explain } from './problem.ts';

/** A form with one field on its way to the server: sent once however often its button is pressed, a refusal told where it belongs. */
export class Sending {
  busy = $state(false);
  /** What was refused of the field. */
  error = $state('');
  /** What was refused otherwise. */
  refusal = $state('');
  readonly #field: string;

  /** @param field the field’s name in the request */
  constructor(field: string) {
    this.#field = field;
  }

  /**
   * @param deed asks the server
   * @param ended takes a failure after which there is nothing more to do in this form, and says that it did
   */
  async send(form: HTMLFormElement, deed: () => Promise<unknown>, ended: (failure: ApiProblem) => boolean = () => false): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = this.refusal = '';
    try {
      await deed();
    } catch (failure) {
      if (failure instanceof ApiProblem && ended(failure)) return;
      this.error = (failure instanceof ApiProblem && failure.fields[this.#field]) || '';
      if (!this.error) this.refusal = explain(failure);
      await focusFirstFault(form);
    } finally {
      this.busy = false;
    }
  }
}
