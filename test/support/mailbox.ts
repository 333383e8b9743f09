import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  /** As the envelope says it. */
  from: string;
  to: string[];
  raw: string;
  mail: Email;
}
type Stage = 'connect' | 'auth' | 'from' | 'recipient' | 'data';
export interface MailFault {
  stage: Stage;
  code: number;
  /** What it says beside the code. */
  words?: string;
  /** The mail was taken all the same, and the connection ends without a word. */
  cut?: boolean;
  /** The mail was taken all the same, and nothing is said to it. */
  hang?: boolean;
}
export const MAIL_USER = 'quarterdeck';
export const MAIL_PASSWORD = 'planted-mail-password-8731';

/** A real SMTP server on loopback that keeps what it is given, and refuses what it is told to. */
export class Mailbox {
  readonly mails: ReceivedMail[] = [];
  /** The passwords it was told. */
  readonly passwords: string[] = [];
  /** What it refuses next, in order. */
  readonly faults: MailFault[] = [];
  readonly #server: SMTPServer;
  readonly #sockets = new Set<Socket>();

  constructor(options: SMTPServerOptions = {}) {
    this.#server = new SMTPServer({
      authOptional: true,
      hideSTARTTLS: true,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      logger: false,
      onConnect: (_session, done) => done(this.#refusal('connect')),
      onAuth: (auth, _session, done) => {
        this.passwords.push(auth.password ?? '');
        const known = auth.username === MAIL_USER && auth.password === MAIL_PASSWORD;
        const refused = this.#refusal('auth');
        if (refused || !known) done(refused ?? Object.assign(new Error('5.7.8 Authentication credentials invalid'), { responseCode: 535 }));
        else done(null, { user: MAIL_USER });
      },
      onMailFrom: (_address, _session, done) => done(this.#refusal('from')),
      onRcptTo: (_address, _session, done) => done(this.#refusal('recipient')),
      onData: (stream, session, done) => {
        void (async () => {
          const raw = await text(stream);
          const { mailFrom, rcptTo } = session.envelope;
          const { cut, hang } = this.faults[0] ?? {};
          const refused = this.#refusal('data');
          if (!refused || cut || hang)
            this.mails.push({
              from: mailFrom ? mailFrom.address : '',
              to: rcptTo.map(({ address }) => address),
              raw,
              mail: await PostalMime.parse(raw),
            });
          if (cut) this.#cutAll();
          if (!hang) done(refused);
        })();
      },
      ...options,
    });
    this.#server.on('error', () => undefined); // clients that go away in the middle are part of the tests
  }

  port = 0;
  /** For SMTP_URL. */
  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** @param port 0 takes a free one */
  async start(port = 0): Promise<this> {
    const server = this.#server.listen(port, '127.0.0.1');
    server.on('connection', (socket: Socket) => this.#sockets.add(socket.on('close', () => this.#sockets.delete(socket))));
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port; // of a server that listens on a port
    return this;
  }

  async stop(): Promise<void> {
    this.#cutAll();
    await new Promise<void>(done => this.#server.close(done));
  }

  reset(): void {
    this.mails.length = 0;
    this.passwords.length = 0;
    this.faults.length = 0;
  }

  #cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #refusal(stage: Stage): Error | undefined {
    const [fault] = this.faults;
    if (fault?.stage !== stage) return undefined;
    this.faults.shift();
    return Object.assign(new Error(fault.words ?? 'as the test asked'), { responseCode: fault.code });
  }
}
