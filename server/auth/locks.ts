import type { Admin } from '../admins/Admin.ts';
import type { Call } from '../platform/http/route.ts';
import { readDeviceCookie } from './cookies.ts';
import { isTrustedDevice } from './trusted-device.ts';

type Visit = Pick<Call<unknown, unknown, unknown>, 'ctx' | 'tools'>;

/** Whether this person has signed in on this browser before. */
export const knows = ({ ctx, tools }: Visit, admin: Admin): boolean =>
  isTrustedDevice(tools.secrets, readDeviceCookie(ctx.req, tools.baseUrl), admin.id);

/**
 * The seconds for which sign-ins as this person are locked, 0 when they are not. A lock holds on every way in: what is refused at the
 * front is not taken at the side.
 */
export async function lockedFor(visit: Visit, admin: Admin): Promise<number> {
  const { limits } = visit.tools;
  if (knows(visit, admin)) return limits.wait('sign-in-device', admin.id);
  const names = [admin.username, admin.email].map(name => name.toLowerCase());
  return Math.max(...(await Promise.all(names.map(name => limits.wait('sign-in-name', name)))));
}
