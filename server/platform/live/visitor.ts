import type { IncomingMessage } from 'node:http';
import type { Language } from '#contract/languages.ts';
import type { Permission } from '#contract/permissions.ts';

/** How a person is shown to others. */
export interface Person {
  name: string;
  /** Names of roles. */
  roles: string[];
  /** What their picture is known by, where one is shown. */
  avatar?: string;
}

/** Who came through the door, as of that moment. */
export interface Visitor {
  adminId: string;
  sessionId: string;
  authEpoch: number;
  rightsEpoch: number;
  profileVersion: number;
  /** Implied rights included. */
  permissions: ReadonlySet<Permission>;
  person: Person;
  language: Language;
  /** When the session ends unless it is prolonged, in ms. */
  expiresAt: number;
}

/** Orders what was heard of a person: both only grow, hence so does their sum. */
export const personVersion = ({ rightsEpoch, profileVersion }: Pick<Visitor, 'rightsEpoch' | 'profileVersion'>): number =>
  rightsEpoch + profileVersion;

/** What holds for a session now. */
export interface Standing {
  authEpoch: number;
  rightsEpoch: number;
  /** The name of whoever changed their rights last. */
  rightsChangedBy?: string;
  profileVersion: number;
  /** False once it was ended or ran out. */
  live: boolean;
  /** Something is wanted of the person first: the door stays shut until they gave it. */
  half?: boolean;
  /** Why it ended, as words for the person. */
  reason?: string;
  /** When somebody ended it (ISO 8601). */
  at?: string;
  /** A session that is used lives longer than the door knew; in ms. */
  expiresAt?: number;
}

/** Whose session a handshake carries; undefined: nobody's. */
export type Door = (request: IncomingMessage) => Promise<Visitor | undefined>;
/** A session as its sockets know it. */
export type Known = Pick<Visitor, 'sessionId' | 'authEpoch' | 'rightsEpoch' | 'profileVersion'>;
/** What holds for those of these sessions that are not what they are known as, in one question. One that it leaves out is unmoved. */
export type AskStanding = (known: Known[]) => Promise<ReadonlyMap<string, Standing>>;
/** How these people are shown now, in one question. */
export type AskProfiles = (adminIds: string[]) => Promise<ReadonlyMap<string, Person>>;
