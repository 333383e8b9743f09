import type { OpenApi, Operation } from '#contract/description.ts';

/** An operation with where it stands. */
export interface Call {
  method: string;
  /** Below the server's address, its parameters in braces. */
  path: string;
  operation: Operation;
}

export const callsOf = ({ paths }: OpenApi): Call[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );

/** Whether a program with a key may make this call. */
export const takesKey = ({ security }: Operation): boolean => security.length === 0 || security.some(way => 'key' in way);

/** Every word must stand somewhere in its name, address, summary or right. */
export function isMeant({ method, path, operation }: Call, search: string): boolean {
  const { operationId, summary, tags } = operation;
  const text = [method, path, operationId, summary, ...tags, operation['x-needs'].permission ?? ''].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}

/** The JSON body of a call, if it takes one. */
export const bodyOf = ({ requestBody }: Operation) => requestBody?.content['application/json'];

/** What a success answers, and with what status. */
export function successOf({ responses }: Operation): { status: string; type: string; schema: Record<string, unknown> | undefined } {
  const [status = '', answer] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? [];
  const [type = '', content] = Object.entries((answer && 'content' in answer && answer.content) || {})[0] ?? [];
  return { status, type, schema: content?.schema };
}
