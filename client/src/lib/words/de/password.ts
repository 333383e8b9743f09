import type { Twin } from '../twin.ts';
import type { password as english } from '../en/password.ts';

export const password: Twin<typeof english> = {
  strength: ['', 'Lang genug. Ein längeres, etwa ein Satz, ist schwerer zu erraten.', 'Schwer zu erraten.', 'Sehr schwer zu erraten.'],
};
