import { CORE } from '../machine.ts';
import { Child } from '../process/child.ts';
import type { Bench } from '../scenario.ts';
import type { Product } from './product.ts';

const START = 30_000;

/**
 * Starts the working half beside a product that serves, away from the server's core.
 * @param extensionsDir whose widgets it rebuilds too.
 */
export async function startWorker({ env, url }: Product, extensionsDir: string, { machine, cleanup }: Bench): Promise<Child> {
  const worker = cleanup.use(
    new Child({
      name: 'worker',
      file: `${import.meta.dirname}/../../../jobs/index.ts`,
      env: { ...env, BASE_URL: url, EXTENSIONS_DIR: extensionsDir },
      machine,
      core: CORE.rest,
    }),
  );
  await worker.sent('ready', START);
  return worker;
}
