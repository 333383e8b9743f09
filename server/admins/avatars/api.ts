import * as contract from '#contract/avatars.ts';
import { Picture } from '../../platform/http/picture.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { Problem } from '../../platform/problem.ts';
import type { Admin } from '../Admin.ts';
import { dropUpload, keepUpload } from './own.ts';
import { redraw } from './redraw.ts';
import { shownPicture } from './settle.ts';

const presentOwn = ({ avatar, avatarSource, version }: Admin) => ({ avatar: avatar ?? null, avatarSource, version });

export const avatarRoutes: Route[] = [
  // that there is nobody and that there is no picture look alike
  route(contract.getAvatar, 'signed-in', {}, async ({ em, params, query }) => {
    const shown = await shownPicture(em, params.id);
    if (!shown) throw new Problem('not_found');
    return new Picture(shown.picture, shown.name, query.v === shown.name);
  }),

  route(contract.uploadAvatar, 'signed-in', { records: ['admin.edited'], limit: 'picture-upload' }, async ({ em, actor, body, tools }) => {
    const own = presentOwn(await keepUpload(em, actor, await redraw(Buffer.from(body))));
    tools.broadcast.control({ kind: 'look' });
    return own;
  }),

  route(contract.removeAvatar, 'signed-in', { records: ['admin.edited'] }, async ({ em, actor, tools }) => {
    const own = presentOwn(await dropUpload(em, actor));
    tools.broadcast.control({ kind: 'look' });
    return own;
  }),
];
