import { navigating, page } from '$app/state';

/**
 * The address of this page as it is about to be. A choice that is made while an earlier one is still on its way is added to that one;
 * made upon the address that is shown, it would undo it.
 */
export function here(): Pick<URL, 'href'> {
  const next = navigating.to?.url;
  return next?.pathname === page.url.pathname ? next : page.url;
}
