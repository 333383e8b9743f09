/** SvelteKit's `$app/paths` for components that are tested outside the app, which stands at the root of its site. */
export const resolve = (route: string): string => (route.startsWith('/') ? route : `/${route}`);
