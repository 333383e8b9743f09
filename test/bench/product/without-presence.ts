/** Loaded into the server by `--import`: puts something in the place of presence that does nothing, so that its cost shows. */
import { registerHooks } from 'node:module';

const absent = new URL('absent-presence.ts', import.meta.url).href;
const isPresence = (url: string): boolean => url.endsWith('/server/presence/Presence.ts');

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    return isPresence(resolved.url) ? { ...resolved, url: absent } : resolved;
  },
});
