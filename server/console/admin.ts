import type { EntityManager } from '@mikro-orm/postgresql';
import type { Command } from 'commander';
import { randomBytes } from 'node:crypto';
import { RESET_MINUTES } from '#contract/accounts.ts';
import { addAdmin as endpoint } from '#contract/admins.ts';
import { addAdmin } from '../accounts/add-admin.ts';
import { disableAdmin } from '../accounts/disable-admin.ts';
import { enableAdmin } from '../accounts/enable-admin.ts';
import { Admin } from '../admins/Admin.ts';
import { hashPassword } from '../auth/passwords.ts';
import { resetSecondFactor } from '../auth/second-factor/reset.ts';
import { findByLogin } from '../auth/sign-in.ts';
import { resetLink } from '../password-resets/link.ts';
import { makeReset } from '../password-resets/make-reset.ts';
import { fieldsOf } from '../platform/http/parse.ts';
import { Refusal } from '../platform/refusal.ts';
import { Role } from '../roles/Role.ts';
import { answerTo, demandYes } from './ask.ts';
import { SHELL, type Shell, inShell } from './shell.ts';
import { table } from './table.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function account(em: EntityManager, login: string): Promise<Admin> {
  const admin = await findByLogin(em, login);
  if (!admin) throw new Refusal(`There is no admin called ${login}. \`quarterdeck admin list\` names them all.`);
  return admin;
}

async function list({ json }: { json?: true }): Promise<void> {
  await inShell(async ({ em }) => {
    const admins = await em.find(Admin, {}, { populate: ['roles'], orderBy: { username: 'asc' } });
    const rows = admins.map(admin => ({
      username: admin.username,
      name: admin.name,
      email: admin.email,
      roles: admin.roles.getItems().map(({ name }) => name),
      state: admin.disabledAt ? 'disabled' : 'active',
      lastSeenAt: admin.lastSeenAt?.toISOString() ?? null,
    }));
    if (json) say(JSON.stringify(rows, undefined, 2));
    else
      say(
        table([
          ['USERNAME', 'NAME', 'EMAIL', 'ROLES', 'STATE', 'LAST SEEN'],
          ...rows.map(row => [row.username, row.name, row.email, row.roles.join(', '), row.state, row.lastSeenAt ?? 'never']),
        ]),
      );
  });
}

/** Prints a link that sets a password, once; nobody is mailed. */
async function printLink({ em, secrets, baseUrl }: Shell, admin: Admin): Promise<void> {
  const reset = await em.transactional(em => makeReset(em, SHELL, admin, 'shell', secrets));
  say(`This link sets a new password for ${admin.username} (${admin.name}). It is good for ${RESET_MINUTES} minutes, and once:`);
  say(resetLink.urlOf(secrets, baseUrl, reset) ?? '');
}

interface NewAdmin {
  username?: string;
  email?: string;
  firstName?: string;
  lastName?: string;
  role: string[];
}

async function rolesByName(em: EntityManager, names: readonly string[]): Promise<Role[]> {
  const roles = await em.find(Role, {}, { orderBy: { name: 'asc' } });
  if (names.length === 0) return roles.filter(({ superadmin }) => superadmin);
  return names.map(name => {
    const role = roles.find(role => role.name.toLowerCase() === name.toLowerCase());
    if (!role) throw new Refusal(`There is no role called ${name}. There are: ${roles.map(({ name }) => name).join(', ')}.`);
    return role;
  });
}

async function create(given: NewAdmin): Promise<void> {
  await inShell(async shell => {
    const { em, secrets } = shell;
    const roles = await rolesByName(em, given.role);
    const { data, error } =
      endpoint.body?.safeParse({
        username: await answerTo(given.username, '--username', 'Username'),
        email: await answerTo(given.email, '--email', 'Email'),
        firstName: await answerTo(given.firstName, '--first-name', 'First name'),
        lastName: await answerTo(given.lastName, '--last-name', 'Last name'),
        roleIds: roles.map(({ id }) => id),
      }) ?? {};
    if (!data) {
      const wrong = error ? Object.entries(fieldsOf(error)).map(([field, sentence]) => `  ${field}: ${sentence}`) : [];
      throw new Refusal(['The account was not made:', ...wrong].join('\n'));
    }
    // known to nobody: the link sets the first one that anybody knows
    const passwordHash = await hashPassword(secrets, randomBytes(32).toString('base64url'));
    const admin = await addAdmin(em, SHELL, { ...data, passwordHash });
    say(`${admin.name} was added as ${roles.map(({ name }) => name).join(', ')}.`);
    await printLink(shell, admin);
  });
}

async function resetPassword(login: string): Promise<void> {
  await inShell(async shell => {
    const admin = await account(shell.em, login);
    if (admin.disabledAt) throw new Refusal(`${admin.name} is disabled: \`quarterdeck admin enable ${admin.username}\` first.`);
    await printLink(shell, admin);
  });
}

async function disable(login: string, { yes }: { yes?: true }): Promise<void> {
  await inShell(async ({ em }) => {
    const { id, name } = await account(em, login);
    await demandYes(yes, `Disable ${name}? Their login sessions end and their API keys are revoked; what they own stands still.`);
    await disableAdmin(em.fork(), SHELL, id);
    say(`${name} is disabled.`);
  });
}

async function enable(login: string): Promise<void> {
  await inShell(async ({ em }) => {
    const { id, name } = await account(em, login);
    await enableAdmin(em.fork(), SHELL, id);
    say(`${name} is enabled, and signs in anew.`);
  });
}

async function resetFactor(login: string, { yes }: { yes?: true }): Promise<void> {
  await inShell(async ({ em }) => {
    const admin = await account(em, login);
    await demandYes(yes, `Remove every second factor of ${admin.name}? Their login sessions end.`);
    await resetSecondFactor(em, SHELL, admin);
    say(`${admin.name} has no second factor any more, and is asked for a new one where a role demands it.`);
  });
}

/** Adds `quarterdeck admin …`. Each acts through the command that the web uses, and is recorded as done by the shell. */
export function adminCommands(program: Command): void {
  const admin = program.command('admin').description('Staff accounts, when the web cannot be reached. Needs the database alone.');
  admin.command('list').description('Names all of them.').option('--json', 'as JSON').action(list);
  admin
    .command('create')
    .description('Adds one and prints a link that sets the password.')
    .option('--username <name>')
    .option('--email <address>')
    .option('--first-name <name>')
    .option('--last-name <name>')
    .option(
      '--role <name>',
      'a role; may be said several times; Full Administrator where none is',
      (one: string, all: string[]) => [...all, one],
      [],
    )
    .action(create);
  admin.command('reset-password <login>').description('Prints a link that sets a new password, once.').action(resetPassword);
  admin.command('disable <login>').description('Ends all access of somebody.').option('--yes', 'without asking').action(disable);
  admin.command('enable <login>').description('Gives a disabled account its rights back.').action(enable);
  admin
    .command('reset-second-factor <login>')
    .description('Removes every second factor of somebody who lost theirs.')
    .option('--yes', 'without asking')
    .action(resetFactor);
}
