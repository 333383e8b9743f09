import type { Twin } from '../twin.ts';
import type { passkeys as english } from '../en/passkeys.ts';

export const passkeys: Twin<typeof english> = {
  use: 'Passkey benutzen',
  waits: 'Ihr Browser fragt nach dem Passkey…',
  stopped: 'Der Browser gab keinen Passkey. Versuchen Sie es noch einmal, oder nehmen Sie einen anderen Weg.',
  known: 'Dieses Gerät hat schon einen Passkey für dieses Konto.',
  unable: 'Dieser Browser oder dieses Gerät kann das mit einem Passkey nicht. Nehmen Sie einen anderen Weg.',
};
