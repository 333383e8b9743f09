import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Context, Middleware } from 'koa';
import { LANGUAGES, type Language } from '#contract/languages.ts';
import type { ServerTools } from '../tools.ts';
import type { ClientBuild } from './client-build.ts';
import { type FramedStyles, contentPolicy } from './content-policy.ts';
import { serveFiles } from './files.ts';
import { answerInline } from './mount.ts';
import type { Route } from './route.ts';
import { language } from '../../words/say.ts';

const compress = promisify(brotliCompress);
/** Fast enough to do for each answer. */
const QUALITY = 5;

/** What a page reads first: the answers lie in its HTML, so that it is drawn without a second journey. */
function firstReads(route: string | undefined, path: string): string[] {
  if (route?.startsWith('/(door)')) return ['GET /front'];
  return path === '/dashboard' ? ['GET /session', 'GET /dashboard'] : ['GET /session'];
}

const element = (answers: [string, string][]): string => {
  const data = `{${answers.map(([address, json]) => `${JSON.stringify(address)}:${json}`).join(',')}}`;
  // `<` must not end the script element early
  return `<script type="application/json" id="first">${data.replaceAll('<', '\\u003c')}</script>`;
};

async function inline(ctx: Context, names: string[], routes: readonly Route[], tools: ServerTools): Promise<string> {
  const answers = await Promise.all(
    names.map(async (name): Promise<[string, string] | undefined> => {
      const json = await answerInline(ctx, name, routes, tools);
      return json === undefined ? undefined : [`/api${name.slice(name.indexOf(' ') + 1)}`, json];
    }),
  );
  return element(answers.filter(answer => answer !== undefined));
}

/** What is served as pages, and how. */
export interface PagesOptions {
  builds: Readonly<Record<Language, ClientBuild>>;
  routes: readonly Route[];
  framed: FramedStyles;
}

/** Serves the built client: its files, and for the address of every page the shell with the page's first data. */
export function pages({ builds, routes, framed }: PagesOptions, tools: ServerTools): Middleware[] {
  const policyOf = (language: Language): string => contentPolicy(builds[language].html, tools.baseUrl, framed);
  const policies: Readonly<Record<Language, string>> = { en: policyOf('en'), de: policyOf('de') };
  // files are named by what is in them: of two builds none has another's name
  const files = LANGUAGES.map(language => serveFiles(builds[language].files, address => address.startsWith('/_app/immutable/')));
  const shell: Middleware = async ctx => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return;
    const route = builds.en.pages.find(({ pattern }) => pattern.test(ctx.path))?.route;
    // whoever is known by now reads their own language
    const first = await inline(ctx, firstReads(route, ctx.path), routes, tools);
    const spoken = language();
    const build = builds[spoken];
    const page = build.pages.find(({ pattern }) => pattern.test(ctx.path));
    const html = build.html.replace('<!--first-->', () => `${page?.preloads ?? ''}${first}`);
    ctx.set('content-security-policy', policies[spoken]);
    ctx.set('content-language', spoken);
    ctx.vary('accept-language');
    ctx.vary('cookie');
    ctx.status = page ? 200 : 404;
    ctx.type = 'html';
    if (ctx.acceptsEncodings('br', 'identity') === 'br') {
      ctx.set('content-encoding', 'br');
      ctx.body = await compress(html, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
    } else {
      ctx.body = html;
    }
  };
  // the shell is no file: asked for by its own name it would come without its policy
  const noShell: Middleware = async (ctx, next) => {
    await (ctx.path.startsWith('/200.html') ? shell(ctx, next) : next());
  };
  return [noShell, ...files, shell];
}
