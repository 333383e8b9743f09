import { createHash } from 'node:crypto';

/** Fixed style attributes of libraries: Kit's route announcer, and `display: contents;` in the palette of bits-ui. */
const STYLE_ATTRIBUTES =
  "'unsafe-hashes' 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=' 'sha256-iaOezIDcQIoxCULa6FBKKuLUu09R7kG+Mlu+JVfU3Rw='";

const hashes = (texts: readonly string[]): string =>
  texts.map(text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
const scriptsOf = (html: string): string[] => [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = '']) => text);

/** Styles of documents that pages show in a frame, which takes over the policy of its page. */
export interface FramedStyles {
  attributes: readonly string[];
  elements: readonly string[];
}

/** The Content-Security-Policy of a built page: nothing from elsewhere, and of scripts that stand in it only those it was built with. */
export function contentPolicy(html: string, baseUrl: string, framed: FramedStyles): string {
  const { protocol, host } = new URL(baseUrl);
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes(scriptsOf(html))}`,
    `style-src 'self' ${hashes(framed.elements)}`,
    `style-src-attr ${STYLE_ATTRIBUTES} ${hashes(framed.attributes)}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${protocol === 'https:' ? 'wss' : 'ws'}://${host}`,
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types svelte-trusted-html mail-preview 'allow-duplicates'",
  ].join('; ');
}
