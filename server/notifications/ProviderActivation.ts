import { defineEntity, p } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';

const ProviderActivationSchema = defineEntity({
  name: 'ProviderActivation',
  properties: {
    /** The provider's id. */
    id: p.text().primary(),
    /** All but the secrets. */
    settings: p.json<Record<string, unknown>>(),
    /** The secrets as JSON, AES-256-GCM, bound to the provider's id. */
    secrets: p.blob(),
    activatedBy: () => p.manyToOne(Admin),
    activeSince: p.datetime().defaultRaw('now()'),
    pausedAt: p.datetime().nullable(),
    pausedBecause: p.text().nullable(),
    lastSuccessAt: p.datetime().nullable(),
    lastFailureAt: p.datetime().nullable(),
    lastFailure: p.text().nullable(),
    /** Nothing is sent before: the service asked for a pause. */
    heldUntil: p.datetime().nullable(),
  },
});
/** A provider that was set up and tested. */
export class ProviderActivation extends ProviderActivationSchema.class {}
ProviderActivationSchema.setClass(ProviderActivation);
