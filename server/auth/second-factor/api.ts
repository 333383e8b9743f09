import * as contract from '#contract/second-factor.ts';
import { Admin } from '../../admins/Admin.ts';
import { type Call, type Route, route } from '../../platform/http/route.ts';
import { Problem } from '../../platform/problem.ts';
import { canManage } from '../../roles/policy.ts';
import { self } from '../me.ts';
import { replacePassword } from '../replace-password.ts';
import { rotateSession } from '../sessions.ts';
import { say } from '../../words/say.ts';
import { beginApp, confirmApp, removeApp } from './app.ts';
import { ownFactors, presentPasskey } from './own.ts';
import { makingOptions, signingOptions } from './passkey-options.ts';
import { addPasskey, removePasskey, renamePasskey } from './passkeys.ts';
import { renewCodes } from './recovery-codes.ts';
import { resetSecondFactor } from './reset.ts';
import { giveSecondFactor, signInWithPasskey } from './sign-in.ts';

/** On the way in. */
const atTheDoor: Route[] = [
  route(
    contract.askForPasskey,
    'public',
    { limit: 'passkey', records: { nothing: 'a challenge by itself opens nothing' } },
    ({ em, tools }) => signingOptions(em, tools.baseUrl, { purpose: 'sign-in' }),
  ),

  route(contract.signInWithPasskey, 'public', { limit: 'passkey', records: ['session.started', 'session.refused'] }, signInWithPasskey),

  route(
    contract.askForSecondPasskey,
    'signed-in',
    { limit: 'passkey', despite: ['second-factor'], records: { nothing: 'a challenge by itself opens nothing' } },
    ({ em, actor, tools }) => {
      const purpose = actor.wants === 'second-factor' ? 'sign-in' : 'confirm';
      return signingOptions(em, tools.baseUrl, { purpose, sessionId: actor.sessionId }, actor.id);
    },
  ),

  route(
    contract.giveSecondFactor,
    'signed-in',
    { despite: ['second-factor'], records: ['session.started', 'second-factor.refused', 'recovery-code.used'] },
    giveSecondFactor,
  ),

  route(
    contract.replacePassword,
    'signed-in',
    { despite: ['new-password'], records: ['password.changed', 'session.started'] },
    replacePassword,
  ),
];

/** The session that added a factor goes on under a new id, and open pages of the others are asked for it. */
async function withNewFactor(call: Call<unknown, unknown, unknown>, codes: string[] | undefined) {
  const finish = await rotateSession(call.em, call);
  finish();
  // read anew: what was loaded before the change is as it was
  return { factors: await ownFactors(call.em.fork(), call.actor.id ?? '', call.tools.baseUrl), codes: codes ?? null };
}

/** One's own. */
const own: Route[] = [
  route(contract.getMyFactors, 'signed-in', { despite: ['enrol'] }, ({ em, actor, tools }) =>
    ownFactors(em, actor.id ?? '', tools.baseUrl),
  ),

  route(
    contract.beginMyApp,
    'signed-in',
    { confirmed: true, despite: ['enrol'], records: { nothing: 'the secret counts from its first right code on' } },
    async ({ em, actor, tools }) => beginApp(em, await self(em, actor), tools.secrets),
  ),

  route(contract.confirmMyApp, 'signed-in', { confirmed: true, despite: ['enrol'], records: ['second-factor.enrolled'] }, async call => {
    const { em, actor, body, tools } = call;
    return withNewFactor(call, await confirmApp(em, actor, await self(em, actor), tools.secrets, body.code));
  }),

  route(contract.removeMyApp, 'signed-in', { confirmed: true, records: ['second-factor.removed'] }, async ({ em, actor }) => {
    await removeApp(em, actor, await self(em, actor));
  }),

  route(contract.renewMyCodes, 'signed-in', { confirmed: true, records: ['second-factor.enrolled'] }, async ({ em, actor, tools }) => {
    const { app, passkeys } = await ownFactors(em, actor.id ?? '', tools.baseUrl);
    if (!app && passkeys.length === 0) throw new Problem('conflict', { detail: say('Recovery codes come with your first second factor.') });
    return { codes: await renewCodes(em, actor, await self(em, actor)) };
  }),

  route(
    contract.beginMyPasskey,
    'signed-in',
    { confirmed: true, limit: 'passkey', despite: ['enrol'], records: { nothing: 'a challenge by itself opens nothing' } },
    async ({ em, actor, tools }) =>
      makingOptions(em, tools.baseUrl, { purpose: 'enrol', sessionId: actor.sessionId }, await self(em, actor)),
  ),

  route(contract.addMyPasskey, 'signed-in', { confirmed: true, despite: ['enrol'], records: ['second-factor.enrolled'] }, async call => {
    const { em, actor, body, tools } = call;
    return withNewFactor(call, await addPasskey(em, actor, await self(em, actor), tools.baseUrl, body));
  }),

  route(
    contract.renameMyPasskey,
    'signed-in',
    { records: { nothing: 'the name is for its owner alone, to tell passkeys apart' } },
    async ({ em, actor, params, body }) => presentPasskey(await renamePasskey(em, actor, params.id, body.name)),
  ),

  route(contract.removeMyPasskey, 'signed-in', { confirmed: true, records: ['second-factor.removed'] }, async ({ em, actor, params }) => {
    await removePasskey(em, actor, await self(em, actor), params.id);
  }),
];

/** Of others. */
const others: Route[] = [
  route(
    contract.resetSecondFactor,
    'admins.secure',
    { confirmed: true, records: ['second-factor.reset'] },
    async ({ em, actor, params, tools }) => {
      const admin = await em.findOne(Admin, params.id, { populate: ['roles'] });
      if (!admin) throw new Problem('not_found');
      if (admin.id === actor.id) throw new Problem('not_yourself', { detail: say('Change your own second factors in My Account.') });
      if (!canManage(actor, { permissions: admin.effective(), superadmin: admin.isSuperadmin })) throw new Problem('stronger_than_you');
      await resetSecondFactor(em, actor, admin);
      tools.broadcast.control({ kind: 'look' });
    },
  ),
];

export const secondFactorRoutes: Route[] = [...atTheDoor, ...own, ...others];
