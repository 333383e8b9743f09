import type { Endpoints } from '#contract/api.ts';
import type { ProblemDocument } from '#contract/problems.ts';

type Name = keyof Endpoints;
interface Input<N extends Name> {
  params?: Endpoints[N]['params'];
  query?: Endpoints[N]['query'];
  body?: Endpoints[N]['body'] | object;
  headers?: Record<string, string>;
}

/** A refusal of the API, as a test looks at it. */
export class Refusal extends Error {
  readonly problem: ProblemDocument;
  readonly response: Response;
  constructor(problem: ProblemDocument, response: Response) {
    super(`${problem.status} ${problem.code}: ${problem.detail ?? problem.title} ${JSON.stringify(problem.fields ?? {})}`);
    this.problem = problem;
    this.response = response;
  }
}

/** A browser, or a program with a key, as far as HTTP goes: it keeps its cookies and says where it comes from. */
export class Caller {
  readonly url: string;
  readonly key: string | undefined;
  readonly cookies = new Map<string, string>();

  constructor(url: string, key?: string) {
    this.url = url;
    this.key = key;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Any request, answered as it comes. */
  async fetch(path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    const who: Record<string, string> = this.key
      ? { authorization: `Bearer ${this.key}` }
      : { origin: this.url, ...(this.cookie ? { cookie: this.cookie } : {}) };
    const response = await fetch(`${this.url}${path}`, { redirect: 'manual', ...init, headers: { ...who, ...init.headers } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** A request by the contract. @throws Refusal */
  async call<N extends Name>(name: N, { params = {}, query = {}, body, headers = {} }: Input<N> = {}): Promise<Endpoints[N]['result']> {
    const [method = '', path = ''] = name.split(' ');
    const address = path.replaceAll(/:(\w+)/g, (_, param: string) => encodeURIComponent((params as Record<string, string>)[param] ?? ''));
    const search = new URLSearchParams(
      Object.entries(query as Record<string, unknown>).map(([key, value]): [string, string] => [key, String(value)]),
    ).toString();
    const response = await this.fetch(`/api${address}${search && `?${search}`}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Refusal(JSON.parse(text) as ProblemDocument, response);
    return (text === '' ? undefined : JSON.parse(text)) as Endpoints[N]['result'];
  }

  /** The code of a refusal; `ok` when there was none. */
  async codeOf<N extends Name>(name: N, input: Input<N> = {}): Promise<ProblemDocument['code'] | 'ok'> {
    try {
      await this.call(name, input);
      return 'ok';
    } catch (error) {
      if (error instanceof Refusal) return error.problem.code;
      throw error;
    }
  }
}
