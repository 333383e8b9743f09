import type { Context, Middleware } from 'koa';
import { LANGUAGES, type Language, languageOf } from '#contract/languages.ts';
import { inLanguage } from '../../words/say.ts';

/** The language that a request asks for (RFC 9110, 12.5.4), where it is one of ours; what asks for any asks for none. */
export function languageAsked(ctx: Context): Language | undefined {
  if (!/[a-z]/i.test(ctx.get('accept-language'))) return undefined;
  const best = ctx.acceptsLanguages(...LANGUAGES);
  return best === false ? undefined : languageOf(best);
}

/** Answers in the language that is asked for, until it is known who asks. */
export const answeredInLanguage: Middleware = (ctx, next) => inLanguage(languageAsked(ctx) ?? LANGUAGES[0], next);
