/** Nothing in it ends the quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

interface Request {
  method: string;
  url: string;
  /** An API key; absent where none is needed. */
  key?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
}

/** The line for a shell that sends this request. */
export function curl({ method, url, key, body }: Request): string {
  const plain = method === (body === undefined ? 'GET' : 'POST');
  return [
    'curl',
    ...(plain ? [] : ['-X', method]),
    ...(key === undefined ? [] : ['-H', quoted(`Authorization: Bearer ${key}`)]),
    ...(body === undefined ? [] : ['-H', quoted('Content-Type: application/json'), '-d', quoted(JSON.stringify(body))]),
    quoted(url),
  ].join(' ');
}
