import type { Farewell } from '#contract/live.ts';
import type { Log } from '../log.ts';
import { inLanguage, later, sayStored } from '../../words/say.ts';
import type { Attendance } from './attendance.ts';
import type { LiveServer, LiveSocket } from './types.ts';
import { type AskProfiles, type AskStanding, type Known, type Standing, type Visitor, personVersion } from './visitor.ts';
import type { ControlMessage } from './wire.ts';

/** How often all sessions are looked at whatever is known of them, in ms. */
const WHOLE = 30_000;

/** Says why, and closes. */
export function dismiss(socket: LiveSocket, farewell: Farewell): void {
  socket.data.signedOut = farewell.reason === 'signed_out';
  const { detail } = farewell;
  const said = detail === undefined ? {} : { detail: inLanguage(socket.data.visitor.language, () => sayStored(detail)) };
  socket.emit('live:farewell', { ...farewell, ...said });
  socket.disconnect(true);
}

/** Why this visitor has to leave, if so. */
export function verdict(visitor: Visitor, standing: Standing | undefined, now: number): Farewell | undefined {
  if (!standing?.live || standing.authEpoch !== visitor.authEpoch)
    return {
      reason: 'signed_out',
      ...(standing?.reason !== undefined && { detail: standing.reason }),
      ...(standing?.at !== undefined && { at: standing.at }),
    };
  if ((standing.expiresAt ?? visitor.expiresAt) <= now) return { reason: 'signed_out', detail: later('Your session ran out.') };
  if (standing.half === true) return { reason: 'rights_changed' };
  if (standing.rightsEpoch === visitor.rightsEpoch) return undefined;
  return { reason: 'rights_changed', ...(standing.rightsChangedBy !== undefined && { by: standing.rightsChangedBy }) };
}

export interface RevocationOptions {
  standing: AskStanding;
  profiles: AskProfiles;
  presence: Attendance | undefined;
  log: Pick<Log, 'warn'>;
}

/**
 * Closes the sockets of those who may no longer have one. Redis brings the word at once; what the database says is asked
 * for all of them twice a second, so that a dead Redis keeps nobody watching; it answers with what moved, mostly nothing.
 */
export class Revocation {
  readonly #io: LiveServer;
  readonly #options: RevocationOptions;
  #looking: Promise<void> | undefined;
  #failing = false;
  #wholeAt = performance.now();

  constructor(io: LiveServer, options: RevocationOptions) {
    this.#io = io;
    this.#options = options;
  }

  hear(message: ControlMessage): void {
    if (message.kind === 'look') void (this.#looking ?? Promise.resolve()).then(() => this.look());
    if (message.kind !== 'revoked') return;
    for (const socket of this.#sockets()) {
      const { adminId, sessionId } = socket.data.visitor;
      if (adminId === message.adminId || sessionId === message.sessionId)
        dismiss(socket, { reason: 'signed_out', detail: message.reason, at: new Date().toISOString() });
    }
  }

  /** One question for all sessions; while it is open no second one is asked. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #look(): Promise<void> {
    const sockets = this.#sockets(); // those that came before the question: its answer is newer than what they hold
    if (sockets.length === 0) return;
    try {
      const standing = await this.#options.standing(this.#known(sockets));
      this.#failing = false;
      for (const socket of sockets) this.#judge(socket, standing.get(socket.data.visitor.sessionId));
      await this.#refreshProfiles(sockets, standing);
    } catch (err) {
      if (!this.#failing) this.#options.log.warn({ err }, 'live: sessions cannot be checked; sockets end when their sessions run out');
      this.#failing = true;
      for (const socket of sockets) {
        if (socket.data.visitor.expiresAt <= Date.now()) dismiss(socket, { reason: 'signed_out', detail: later('Your session ran out.') });
      }
    }
  }

  #judge(socket: LiveSocket, standing: Standing | undefined): void {
    if (!socket.connected || !standing) return;
    const { visitor } = socket.data;
    const farewell = verdict(visitor, standing, Date.now());
    if (farewell) dismiss(socket, farewell);
    else if (standing.expiresAt !== undefined) visitor.expiresAt = standing.expiresAt;
  }

  /**
   * Each session once, as that tab of it knows it which knows least. Now and then nothing is said to be known, so that all are looked
   * at: time passes too, and with it the days of grace that a role gives.
   */
  #known(sockets: readonly LiveSocket[]): Known[] {
    const whole = performance.now() - this.#wholeAt > WHOLE;
    if (whole) this.#wholeAt = performance.now();
    const known = new Map<string, Known>();
    for (const { data } of sockets) {
      const { sessionId, authEpoch, rightsEpoch, profileVersion } = data.visitor;
      const before = known.get(sessionId);
      if (before && before.rightsEpoch + before.profileVersion <= rightsEpoch + profileVersion) continue;
      known.set(
        sessionId,
        whole ? { sessionId, authEpoch: 0, rightsEpoch: 0, profileVersion: 0 } : { sessionId, authEpoch, rightsEpoch, profileVersion },
      );
    }
    return [...known.values()];
  }

  async #refreshProfiles(sockets: LiveSocket[], standing: ReadonlyMap<string, Standing>): Promise<void> {
    const moved = new Map<string, number>();
    for (const { data, connected } of sockets) {
      const version = standing.get(data.visitor.sessionId)?.profileVersion ?? 0;
      if (!connected || version <= data.visitor.profileVersion) continue;
      data.visitor.profileVersion = version;
      moved.set(data.visitor.adminId, personVersion(data.visitor));
    }
    if (moved.size === 0) return;
    const profiles = await this.#options.profiles([...moved.keys()]);
    for (const [adminId, person] of profiles) this.#options.presence?.profileChanged(adminId, person, moved.get(adminId) ?? 0);
  }

  #sockets(): LiveSocket[] {
    return [...this.#io.of('/').sockets.values()];
  }
}
