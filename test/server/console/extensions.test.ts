import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { KEY } from '../../support/app.ts';
import { ExtensionsFolder } from '../../support/extensions.ts';
import { furnish } from '../../support/people.ts';
import { test } from '../../support/world.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SLOW = 60_000;

interface Said {
  code: number;
  out: string;
}
/** Runs a command of Node's in the root, with nothing alive but the database. */
const node = (env: NodeJS.ProcessEnv, ...args: string[]): Promise<Said> =>
  new Promise(resolve => {
    const options = { cwd: ROOT, env: { PATH: process.env['PATH'], NODE_ENV: 'test', SECRET_KEY: KEY, ...env } };
    execFile(process.execPath, args, options, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out: out + err }),
    );
  });
const extensions = (dir: string, ...args: string[]): Promise<Said> =>
  node({ EXTENSIONS_DIR: dir }, 'server/console/quarterdeck.mjs', 'extensions', ...args);

test(
  'a widget that was just written works: its test passes, it is listed, it loads, and an editor finds its types',
  async ({ database, orm }) => {
    await furnish(orm.em.fork());
    await orm.em.fork().execute('update organisation set set_up_at = now()');
    const { dir } = await ExtensionsFolder.with({});
    expect(await extensions(dir, 'new', 'open-doors')).toMatchObject({ code: 0 });
    expect(await extensions(dir, 'new', 'open-doors')).toMatchObject({ code: 1 });
    expect(await extensions(dir, 'new', 'Open Doors')).toMatchObject({ code: 1 });
    await cp(path.join(ROOT, 'extensions/examples'), `${dir}/widgets`, { recursive: true });

    const [tested, listed, checked] = await Promise.all([
      extensions(dir, 'test'),
      extensions(dir),
      node({ EXTENSIONS_DIR: dir, DATABASE_URL: database }, 'server/console/quarterdeck.mjs', 'extensions', 'check', '--load'),
    ]);
    expect(tested.out).toMatch(/pass 5\b[^]*fail 0\b/);
    expect(listed).toMatchObject({ code: 0 });
    expect(listed.out).toMatch(/open-doors\.ts +Open doors +adds a widget +admins\.view/);
    expect(checked.out).toMatch(/open-doors\.ts: loads in \d+ ms/);
    expect(checked.out).toMatch(/orders-by-client\.ts: loads in \d+ ms/);

    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    expect(await node({}, tsc, '-p', dir)).toEqual({ code: 0, out: '' });
    const wrong = `import { widget } from 'quarterdeck/widget';
export default widget({ id: 'wrong', title: 'Wrong', view: 'number', needs: 'queues.see', refreshOn: ['order.plcaed'], colums: 2,
  load: () => ({ valeu: 1 }) });`;
    await writeFile(`${dir}/widgets/wrong.ts`, wrong);
    const { code, out } = await node({}, tsc, '-p', dir);
    expect(code).not.toBe(0);
    for (const word of [/queues\.see/, /order\.plcaed/, /valeu/]) expect(out).toMatch(word);
  },
  SLOW,
);

test(
  'check names what this version cannot load, and exits with 1',
  async () => {
    const folder = await ExtensionsFolder.with({ 'old.ts': `export default { id: 'old', title: 'Old', view: 'gauge' };` });
    const { code, out } = await extensions(folder.dir, 'check');
    expect(code).toBe(1);
    expect(out).toMatch(/old\.ts: .*view: must be one of .*number/);
    await mkdir(`${folder.dir}/none`);
    expect(await extensions(`${folder.dir}/none`)).toMatchObject({ code: 0 });
  },
  SLOW,
);
