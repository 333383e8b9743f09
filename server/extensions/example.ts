import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Refusal } from '../platform/refusal.ts';

const NAME = /^[a-z][a-z0-9-]{0,49}$/;
const ROOT = path.resolve(import.meta.dirname, '../..');

const titleOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');

const widgetOf = (name: string): string => `import { widget } from 'quarterdeck/widget';

export default widget({
  id: '${name}',
  title: '${titleOf(name)}',
  description: 'Invitations that wait for an answer.',
  view: 'number',
  needs: 'admins.view',
  refreshOn: ['invitation.sent', 'invitation.accepted', 'invitation.expired', 'invitation.revoked'],
  load: async ({ query }) => {
    const [row] = await query<{ open: number }>('select count(*)::int as open from invitation where state = ?', ['pending']);
    return { value: row?.open ?? null, unit: 'open' };
  },
});
`;

const testOf = (name: string): string => `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figuresOf } from 'quarterdeck/testing';
import widget from './${name}.ts';

test('it shows how many invitations are open', async () => {
  const figures = await figuresOf(widget, { query: () => Promise.resolve([{ open: 3 }]) });
  assert.deepEqual(figures, { value: 3, unit: 'open' });
});
`;

/** What an editor needs to know in a folder outside of this program's own, where `quarterdeck/widget` leads nowhere by itself. */
function projectOf(dir: string): Record<string, string> {
  const from = path.relative(dir, ROOT);
  const compilerOptions = {
    target: 'es2024',
    lib: ['es2024'],
    module: 'nodenext',
    types: ['node'],
    typeRoots: [`${from}/node_modules/@types`],
    paths: { 'quarterdeck/*': [`${from}/server/extensions/*.ts`] },
    noEmit: true,
    strict: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  };
  return {
    'package.json': `${JSON.stringify({ private: true, type: 'module' }, undefined, 2)}\n`,
    'tsconfig.json': `${JSON.stringify({ compilerOptions, include: ['widgets'] }, undefined, 2)}\n`,
  };
}

const exists = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';

/**
 * Writes a widget that works, with its test, and what an editor needs beside them.
 * @returns the files that were written
 * @throws Refusal for a name that no widget can have, or one that is taken
 */
export async function writeExample(extensionsDir: string, name: string): Promise<string[]> {
  if (!NAME.test(name))
    throw new Refusal(`“${name}” cannot be a widget's name: small letters, digits and hyphens, beginning with a letter.`);
  const folder = path.join(extensionsDir, 'widgets');
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  const write = async (file: string, text: string): Promise<void> => {
    await writeFile(file, text, { flag: 'wx' });
    written.push(file);
  };
  try {
    await write(path.join(folder, `${name}.ts`), widgetOf(name));
    await write(path.join(folder, `${name}.test.ts`), testOf(name));
  } catch (error) {
    if (exists(error)) throw new Refusal(`There is a ${name} in ${folder} already.`, { cause: error });
    throw error;
  }
  if (path.relative(ROOT, extensionsDir).startsWith('..')) {
    for (const [file, text] of Object.entries(projectOf(extensionsDir))) {
      await write(path.join(extensionsDir, file), text).catch((error: unknown) => {
        if (!exists(error)) throw error; // theirs stays
      });
    }
  }
  return written;
}
