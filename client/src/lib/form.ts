import { tick } from 'svelte';

/** After a refusal: to the first field at fault, once its mark is drawn. */
export async function focusFirstFault(form: HTMLFormElement): Promise<void> {
  await tick();
  form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
}
