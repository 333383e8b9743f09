import { tick } from 'svelte';
import { onLeaving } from './leave.ts';

const KEY = 'half-typed';
/** How long fields are waited for that come with data, in ms. */
const PATIENCE_MS = 5000;
const TEXTS = new Set(['text', 'email', 'search', 'url', 'tel', 'number']);
/** What a password manager fills in, and codes: never kept, also while shown as text. */
const SECRET = /password|one-time-code/;

type Field = HTMLInputElement | HTMLTextAreaElement;
interface Kept {
  who: string;
  page: string;
  /** By name and place among those of that name. */
  texts: Record<string, string>;
}

/** The fields that somebody typed into, as far as they are on the page still. */
const typed = new Set<Field>();
let who = '';

const isField = (target: EventTarget | null): target is Field =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && TEXTS.has(target.type));
/** A search can be typed again; the dialog that asks who it is stands outside of `main`. */
const isKept = (field: Field): boolean =>
  field.name !== '' &&
  !field.readOnly &&
  !SECRET.test(field.autocomplete) &&
  !field.hasAttribute('data-filter') &&
  field.closest('main') !== null;

function fieldsByKey(): Map<string, Field> {
  const found = new Map<string, Field>();
  for (const field of document.querySelectorAll<Field>('main input[name], main textarea[name]')) {
    let place = 0;
    while (found.has(`${field.name} ${place}`)) place += 1;
    found.set(`${field.name} ${place}`, field);
  }
  return found;
}

/** Remembers what this person types into, and keeps it when the session ends. @returns what ends that */
export function watchTyping(personId: string): () => void {
  who = personId;
  const note = ({ target }: Event) => {
    if (isField(target)) typed.add(target);
  };
  addEventListener('input', note, { capture: true });
  onLeaving(keepHalfTyped);
  return () => {
    onLeaving(undefined);
    removeEventListener('input', note, { capture: true });
    typed.clear();
  };
}

/** Keeps what is half typed on this page, for this tab: its session has ended, and the page goes. */
function keepHalfTyped(): void {
  const texts = [...fieldsByKey()].flatMap(([key, field]): [string, string][] =>
    typed.has(field) && isField(field) && isKept(field) && field.value !== '' ? [[key, field.value]] : [],
  );
  if (texts.length === 0) return;
  const kept: Kept = { who, page: location.pathname, texts: Object.fromEntries(texts) };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Without storage it is lost, as it would be anyway.
  }
}

function take(): Kept | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Kept | null;
    if (kept && kept.who !== who) sessionStorage.removeItem(KEY); // somebody else's
    if (kept?.who !== who || kept.page !== location.pathname) return undefined;
    sessionStorage.removeItem(KEY);
    return kept;
  } catch {
    return undefined;
  }
}

/**
 * Puts back what was half typed on this page when its session ended, once its fields are there.
 * @param told hears that something was put back
 */
export async function putBack(told: () => void): Promise<void> {
  const kept = take();
  if (!kept) return;
  const missing = new Map(Object.entries(kept.texts));
  let some = false;
  for (const end = performance.now() + PATIENCE_MS; missing.size > 0 && performance.now() < end;) {
    await tick();
    for (const [key, field] of fieldsByKey()) {
      const text = missing.get(key);
      if (text === undefined || !isKept(field)) continue;
      missing.delete(key);
      some = true;
      field.value = text;
      typed.add(field);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    if (missing.size > 0) await new Promise(resolve => setTimeout(resolve, 100));
  }
  if (some) told();
}
