import { loadDirectory } from '../platform/load-directory.ts';
import { type Widget, isWidget } from './_widget.ts';

/**
 * All widgets by id: those of this folder, and those of the operator's, which may replace ours.
 * @param extensionsDir the operator's folder; its widgets lie in `widgets/`.
 * @throws Refusal that names the file at fault
 */
export const loadWidgets = (extensionsDir?: string): Promise<Map<string, Widget>> =>
  loadDirectory([import.meta.dirname, ...(extensionsDir === undefined ? [] : [`${extensionsDir}/widgets`])], {
    what: 'a widget',
    isEntry: isWidget,
  });
