import { loadDirectory } from '../platform/load-directory.ts';
import { type Widget, isWidget } from './_widget.ts';

/** The widgets of this folder, by id. @throws Refusal that names the file at fault */
export const loadWidgets = (): Promise<Map<string, Widget>> =>
  loadDirectory([import.meta.dirname], { what: 'a widget', isEntry: isWidget });
