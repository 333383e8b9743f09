import { stepIn } from '#lib/step-in.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ url }) => stepIn('enrol', url);
