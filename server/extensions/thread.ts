/**
 * Where an operator's file runs: a thread of its own, so that one that loops, leaks or breaks is ended and hurts nothing else. It has no
 * environment, no database and no secret key; what it may ask, it asks whoever started it.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { LARGEST_FIGURES } from '#contract/widgets.ts';
import { fieldsOf } from '../platform/http/parse.ts';
import { type Spec, describe, readSpec } from './describe.ts';
import type { Ask, Call, FetchAnswer, FromThread, ToThread } from './messages.ts';
import './resolve.ts';
import type { WidgetTools } from './widget.ts';

const file = String(workerData);
const port = parentPort;
if (!port) throw new Error('this runs in a thread');
const say = (message: FromThread): void => port.postMessage(message);

const asked = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
let asks = 0;
function ask(during: number, it: Ask): Promise<unknown> {
  asks += 1;
  const { promise, ...ends } = Promise.withResolvers<unknown>();
  asked.set(asks, ends);
  say({ ask: asks, during, it });
  return promise;
}

/** What the file says of itself as it says it; of a slip in it also where that is. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'Error') return error.message;
  const line = /^:(\d+)/.exec(error.stack?.split(path.basename(file))[1] ?? '')?.[1];
  return line === undefined ? error.message : `${error.message} (line ${line})`;
}

async function open(): Promise<Spec> {
  const module = (await import(pathToFileURL(file).href)) as { default?: unknown };
  return readSpec(module.default, path.parse(file).name);
}
const opened = open();
opened.catch(() => undefined); // told to whoever asks

async function load({ settings: schema, load }: Spec, call: number, settings: Record<string, unknown>): Promise<string> {
  const tools: WidgetTools<Record<string, unknown>> = {
    query: async <Row extends object>(sql: string, values: Parameters<WidgetTools<never>['query']>[1] = []) =>
      (await ask(call, { what: 'query', sql, values })) as Row[], // what the widget says of its own statement
    fetch: async (url, options = {}) => {
      const { status, headers, body } = (await ask(call, { what: 'fetch', url, options })) as FetchAnswer; // `answer.ts` made it
      return new Response(status === 204 || status === 205 || status === 304 ? null : body, { status, headers });
    },
    settings: schema ? schema.parse(settings) : {},
  };
  const text = JSON.stringify(await (load as (tools: WidgetTools<Record<string, unknown>>) => unknown)(tools)) ?? 'null';
  // here rather than where it arrives: what is huge should not travel
  if (Buffer.byteLength(text) > LARGEST_FIGURES) throw new Error(`The figures are larger than ${LARGEST_FIGURES / 1024} KiB.`);
  return text;
}

async function answer(call: number, it: Call): Promise<unknown> {
  const spec = await opened;
  if (it.what === 'describe') return describe(spec);
  if (it.what === 'load') return load(spec, call, it.settings);
  const { error } = spec.settings?.safeParse(it.settings) ?? {};
  return error ? fieldsOf(error) : {};
}

port.on('message', (message: ToThread) => {
  if ('call' in message) {
    answer(message.call, message.it).then(
      value => say({ done: message.call, value }),
      (error: unknown) => say({ failed: message.call, reason: reasonOf(error) }),
    );
    return;
  }
  const id = 'answered' in message ? message.answered : message.refused;
  const ends = asked.get(id);
  asked.delete(id);
  if ('answered' in message) ends?.resolve(message.value);
  else ends?.reject(new Error(message.reason));
});
