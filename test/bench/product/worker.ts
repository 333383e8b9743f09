import { CORE } from '../machine.ts';
import { Child } from '../process/child.ts';
import type { Bench } from '../scenario.ts';
import type { Product } from './product.ts';

const START = 30_000;

/**
 * Starts the working half beside a product that serves.
 * @param extensionsDir whose widgets it rebuilds too.
 * @param core where it runs: away from the server, unless the worker is what is measured.
 */
export async function startWorker(
  { env, url }: Product,
  extensionsDir: string,
  { machine, cleanup }: Bench,
  core: number = CORE.rest,
): Promise<Child> {
  const worker = cleanup.use(
    new Child({
      name: 'worker',
      file: `${import.meta.dirname}/../../../jobs/index.ts`,
      env: { ...env, BASE_URL: url, EXTENSIONS_DIR: extensionsDir },
      machine,
      core,
    }),
  );
  await worker.sent('ready', START);
  return worker;
}
