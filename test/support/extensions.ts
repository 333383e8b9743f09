import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inject } from 'vitest';
import { createLog } from '#server/platform/log.ts';
import { Extensions } from '#server/extensions/Extensions.ts';

/** An operator's folder. */
export class ExtensionsFolder {
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  /** @param files widgets by file name */
  static async with(files: Record<string, string>): Promise<ExtensionsFolder> {
    const dir = await mkdtemp(path.join(inject('services').dir, 'extensions-'));
    await mkdir(`${dir}/widgets`);
    const folder = new ExtensionsFolder(dir);
    for (const [name, text] of Object.entries(files)) await folder.save(name, text);
    return folder;
  }

  save(name: string, text: string): Promise<void> {
    return writeFile(`${this.dir}/widgets/${name}`, text);
  }
  remove(name: string): Promise<void> {
    return rm(`${this.dir}/widgets/${name}`);
  }

  /** @param lines what is logged, an entry each */
  open(lines: string[] = []): Promise<Extensions> {
    return Extensions.open(this.dir, createLog('info', { write: line => void lines.push(line) }));
  }
}

/** A widget's file, in the fewest words. @param more further fields, as code */
export const widgetFile = (id: string, load: string, more = ''): string =>
  `import { widget } from 'quarterdeck/widget';
export default widget({ id: '${id}', title: 'Our ${id}', view: 'number', needs: 'dashboard.view', every: 60_000, ${more}
  load: ${load} });
`;
