import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** Where a person's picture comes from; `gravatar` falls back to what they uploaded, and all of them to initials. */
export const avatarSources = ['gravatar', 'upload', 'initials'] as const;
/** Names the picture that is shown of somebody at `/api/avatars/:id?v=…`; null where initials are. It changes with the picture. */
export const avatar = z.string().nullable();

export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
/** In bytes. */
export const LARGEST_PICTURE = 5 * 1024 * 1024;

const ownAvatar = z.object({ avatar, avatarSource: z.enum(avatarSources), version: z.int() });

export const getAvatar = endpoint('GET', '/avatars/:id', 'The picture of an admin, 256 by 256; not found where there is none.', {
  query: z.object({
    /** The name it is known by: the answer may then be kept for as long as one likes. */
    v: z.string().max(64).optional(),
  }),
  answers: 'image/webp',
});
export const uploadAvatar = endpoint(
  'PUT',
  '/me/avatar',
  'Shows a picture of one’s own: the bytes of the file, which is made anew and not kept.',
  {
    body: z.instanceof(Uint8Array),
    takes: PICTURE_TYPES,
    bodyLimit: LARGEST_PICTURE,
    result: ownAvatar,
  },
);
export const removeAvatar = endpoint('DELETE', '/me/avatar', 'Forgets the picture one uploaded.', { result: ownAvatar });
