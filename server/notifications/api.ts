import type { Route } from '../platform/http/route.ts';
import { deliveryRoutes } from './deliveries-api.ts';
import { providerRoutes } from './providers-api.ts';
import { ruleRoutes } from './rules-api.ts';
import type { SystemMail } from './system-mail.ts';

/** @param systemMails what the product sends by itself; the rooms that write these mails know this one, not the other way round */
export const notificationRoutes = (systemMails: readonly SystemMail[]): Route[] => [
  ...ruleRoutes,
  ...providerRoutes,
  ...deliveryRoutes(systemMails),
];
