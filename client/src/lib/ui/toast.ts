import { mount } from 'svelte';

export interface ToastAction {
  label: string;
  run: () => void;
}

let sonner: Promise<(typeof import('svelte-sonner'))['toast']> | undefined;

async function load() {
  const { Toaster, toast: show } = await import('svelte-sonner');
  mount(Toaster, {
    target: document.body,
    props: {
      position: 'bottom-right',
      mobileOffset: { bottom: '4.5rem' },
      toastOptions: { unstyled: true, classes: { toast: 'toast', actionButton: 'btn' } },
    },
  });
  return show;
}

/**
 * Says that something was done, for 10 s or as long as it is hovered. An error is never said here alone.
 * The library comes with the first one.
 */
export async function toast(text: string, { action }: { action?: ToastAction } = {}): Promise<void> {
  const show = await (sonner ??= load());
  show(text, { duration: 10_000, ...(action && { action: { label: action.label, onClick: action.run } }) });
}
