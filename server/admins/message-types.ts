import type { EntityManager } from '@mikro-orm/postgresql';
import type { InEach } from '#contract/languages.ts';
import { MESSAGE_TYPES, type MessageType } from '#contract/message-types.ts';
import { sayAll } from '../words/say.ts';

/** A kind of mail as it stands with somebody: whether they want it, and which of their roles send it. */
export interface MessageSwitch {
  type: MessageType;
  wanted: boolean;
  /** Names. */
  roles: string[];
}

/** Every kind of system mail as it stands with a person now. */
export function messageSwitches(em: EntityManager, adminId: string): Promise<MessageSwitch[]> {
  return em.execute<MessageSwitch[]>(
    `select kind.type, not kind.type = any (a.message_types_off) as wanted,
            array(select r.name from admin_roles ar join role r on r.id = ar.role_id
                   where ar.admin_id = a.id and kind.type = any (r.message_types) order by r.name) as roles
       from admin a, unnest(string_to_array(?, ',')) with ordinality as kind (type, place) where a.id = ? order by kind.place`,
    [MESSAGE_TYPES.join(','), adminId],
  );
}

/** Those of these people whose roles send them mails of a kind, who want them, and who can sign in. */
export async function wanting(em: EntityManager, type: MessageType, adminIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (adminIds.length === 0) return new Set();
  const rows = await em.execute<{ id: string }[]>(
    `select a.id from admin a
      where a.id in (?) and a.disabled_at is null and not ? = any (a.message_types_off)
        and exists (select from admin_roles ar join role r on r.id = ar.role_id where ar.admin_id = a.id and ? = any (r.message_types))`,
    [adminIds, type, type],
  );
  return new Set(rows.map(({ id }) => id));
}

const NAMES = { system: 'System', account: 'Account', support: 'Support' } as const satisfies Record<MessageType, string>;

/** That no role sends somebody mails of a kind. */
export const unsent = (type: MessageType): InEach => sayAll(`No role of theirs sends mails of the kind “${NAMES[type]}”.`);
/** That somebody does not want mails of a kind. */
export const switchedOff = (type: MessageType): InEach => sayAll(`They switched off mails of the kind “${NAMES[type]}”.`);

/** Why a mail of this kind does not go to somebody; `undefined` when it does. To be asked when it is about to be sent. */
export async function unwantedBecause(em: EntityManager, adminId: string, type: MessageType): Promise<InEach | undefined> {
  const found = (await messageSwitches(em, adminId)).find(one => one.type === type);
  if (!found || found.roles.length === 0) return unsent(type);
  return found.wanted ? undefined : switchedOff(type);
}
