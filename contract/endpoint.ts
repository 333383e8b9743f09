import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The names behind the colons of a path: `/invitations/:id/resend` has `id`. */
type ParamNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;
export type Params<P extends string> = { [Name in ParamNames<P>]: string };

interface Schemas<Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  /** What stands behind the question mark, as strings; the schema turns them into what they mean. */
  query?: Q;
  /** The JSON body. An endpoint without one refuses a body. */
  body?: B;
  /** What a success answers. Absent: 204 and nothing. */
  result?: R;
  /** The status of a success, where it is not 200 (with a result) or 204 (without). */
  status?: 201 | 202;
  /** Its body is a list whose items the handler judges by this, one by one: what is wrong with one is no fault of the others. */
  eachAlone?: z.ZodType;
  /** A body worth copying, for the API description. */
  example?: unknown;
  /** The media types of its body, where that is no JSON but a file: its bytes as they are. */
  takes?: readonly string[];
  /** What a success answers where that is no JSON: a download, or a picture. */
  answers?: 'text/csv' | 'image/webp';
  /** The largest body, in bytes, where it is not the usual 64 KiB. */
  bodyLimit?: number;
}

/** One HTTP endpoint as a value: the server validates by it, handler and client are typed by it, the API description is drawn from it. */
export interface Endpoint<
  M extends Method = Method,
  P extends string = string,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> extends Schemas<Q, B, R> {
  method: M;
  /** Below `/api`. */
  path: P;
  /** One sentence for the API description. */
  summary: string;
}

/** @param summary One sentence for the API description. */
export function endpoint<
  const M extends Method,
  const P extends string,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodUndefined,
>(method: M, path: P, summary: string, schemas: Schemas<Q, B, R> = {}): Endpoint<M, P, Q, B, R> {
  return { method, path, summary, ...schemas };
}
