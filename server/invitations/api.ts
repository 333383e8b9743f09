import type { EntityManager } from '@mikro-orm/postgresql';
import type { Context } from 'koa';
import * as contract from '#contract/invitations.ts';
import { startSession } from '../auth/sessions.ts';
import { presentDeliveryRow } from '../notifications/present.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import type { ServerTools } from '../platform/tools.ts';
import { pageSizeFor } from '../settings/page-size.ts';
import { organisation } from '../settings/queries.ts';
import { say } from '../words/say.ts';
import type { Invitation } from './Invitation.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { askForLink } from './ask-for-link.ts';
import { checkUsername } from './check-username.ts';
import { copyLink } from './copy-link.ts';
import { editInvitation } from './edit-invitation.ts';
import { lookUpInvitation } from './look-up-invitation.ts';
import { presentInvitation, presentOffer, presentSending } from './present.ts';
import { previewInvitation } from './preview-invitation.ts';
import { invitationById, inviters, mailsByInvitation, pageOfInvitations } from './queries.ts';
import { resendInvitation } from './resend-invitation.ts';
import { revokeInvitation } from './revoke-invitation.ts';
import { sendInvitations } from './send-invitations.ts';
import { timelineOf } from './timeline.ts';

async function views(em: EntityManager, reader: Actor, invitations: readonly Invitation[]): Promise<contract.InvitationView[]> {
  const mails = await mailsByInvitation(em, invitations);
  const now = await databaseNow(em);
  return invitations.map(invitation => presentInvitation(invitation, { now, reader, mail: mails.get(invitation.id) ?? null }));
}

async function viewOf(em: EntityManager, reader: Actor, invitation: Invitation): Promise<contract.InvitationView> {
  const [view] = await views(em, reader, [invitation]);
  if (!view) throw new Error('an invitation without a view');
  return view;
}

/** What those who invite may do. */
const forStaff: Route[] = [
  route(contract.listInvitations, 'admins.view', {}, async ({ em, actor, query }) => {
    const pageSize = await pageSizeFor(em, actor, query);
    const [invitations, total] = await pageOfInvitations(em, query, pageSize);
    return { items: await views(em, actor, invitations), total, page: query.page, pageSize, inviters: await inviters(em) };
  }),

  route(contract.getInvitation, 'admins.view', {}, async ({ em, actor, params }) => {
    const invitation = await invitationById(em, params.id);
    if (!invitation) throw new Problem('not_found');
    const { steps, deliveries } = await timelineOf(em, invitation.id);
    return { ...(await viewOf(em, actor, invitation)), steps, deliveries: deliveries.map(presentDeliveryRow) };
  }),

  route(
    contract.sendInvitations,
    'admins.invite',
    { records: ['invitation.sent'], limit: 'invite', confirmed: true },
    async ({ em, actor, body, tools }) => {
      const sendings = await sendInvitations(em, actor, body, tools.secrets);
      const invitations = sendings.flatMap(sending => ('invitation' in sending ? [sending.invitation] : []));
      const shown = new Map((await views(em, actor, invitations)).map(view => [view.id, view]));
      return { results: sendings.map(sending => presentSending(sending, shown)) };
    },
  ),

  route(
    contract.previewInvitation,
    'admins.invite',
    { records: { nothing: 'a preview changes nothing' }, limit: 'preview' },
    async ({ em, actor, body, tools }) => previewInvitation(em, actor, body, tools.baseUrl),
  ),

  route(
    contract.editInvitation,
    'admins.invite',
    { records: ['invitation.edited'], confirmed: true },
    async ({ em, actor, params, body }) => viewOf(em, actor, await editInvitation(em, actor, params.id, body)),
  ),

  route(
    contract.resendInvitation,
    'admins.invite',
    { records: ['invitation.resent'], confirmed: true },
    async ({ em, actor, params, tools }) => viewOf(em, actor, await resendInvitation(em, actor, params.id, tools.secrets)),
  ),

  route(contract.revokeInvitation, 'admins.invite', { records: ['invitation.revoked'] }, async ({ em, actor, params }) =>
    viewOf(em, actor, await revokeInvitation(em, actor, params.id)),
  ),

  route(
    contract.copyInvitationLink,
    'admins.invite',
    { records: ['invitation.link-copied'], confirmed: true },
    async ({ em, actor, params, tools }) => ({
      link: await copyLink(em, actor, params.id, tools),
    }),
  ),
];

/** Who is signed in in this browser, on a route that is open to all; `undefined` when nobody is, or not all the way. */
async function somebodyIn(
  { req }: Context,
  { address = '', requestId = '' }: Actor,
  { identify }: ServerTools,
): Promise<Actor | undefined> {
  return identify(req, address, requestId).catch((error: unknown) => {
    if (error instanceof Problem) return undefined;
    throw error;
  });
}

/** What the holder of a link may do. Only a POST with the token in its body reads a link: opening the page uses nothing up. */
const forInvitees: Route[] = [
  route(contract.lookUpInvitation, 'public', { records: ['invitation.opened'], limit: 'link' }, async ({ em, actor, body, ctx, tools }) => {
    const invitation = await lookUpInvitation(em, actor, body.token, tools.secrets);
    return presentOffer(invitation, await organisation(em), await somebodyIn(ctx, actor, tools));
  }),

  route(
    contract.checkUsername,
    'public',
    { records: { nothing: 'a look changes nothing' }, limit: 'username' },
    async ({ em, body, tools }) => checkUsername(em, body, tools.secrets),
  ),

  route(
    contract.acceptInvitation,
    'public',
    { records: ['invitation.accepted', 'admin.added', 'admin.departments-changed', 'session.started'], limit: 'link' },
    async ({ em, actor, body, ctx, tools }) => {
      // an account is never made in the browser of somebody who is signed in with another: they choose first
      const somebody = await somebodyIn(ctx, actor, tools);
      if (somebody)
        throw new Problem('signed_in_already', { detail: say('You are signed in as {name}. Sign out first.', { name: somebody.name }) });
      const admin = await acceptInvitation(em, actor, body, tools.secrets);
      return startSession({ em, ctx, tools, actor }, admin, { keep: false });
    },
  ),

  route(contract.askForLink, 'public', { records: ['invitation.new-link-asked'], limit: 'link' }, async ({ em, actor, body, tools }) => {
    await askForLink(em, actor, body.token, tools.secrets);
  }),
];

export const invitationRoutes: Route[] = [...forStaff, ...forInvitees];
