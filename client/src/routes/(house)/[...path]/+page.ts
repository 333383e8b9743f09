import { error } from '@sveltejs/kit';

/** Every other address: so that "no such page" is said inside the frame. */
export const load = () => error(404, 'Not found');
