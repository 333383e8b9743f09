import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Outbound } from '#server/platform/outbound.ts';
import { TryAgain } from '#server/notifications/providers/_provider.ts';
import email from '#server/notifications/providers/email.ts';

const message = { deliveryId: 'd', organisation: 'o', title: 't', text: 'x', facts: [], footer: 'f' };
const target = { address: 'sales@northwind.example' };

/** A mail server that falls silent after so many replies. */
async function silentAfter(replies: readonly string[]): Promise<net.Server> {
  const server = net.createServer(socket => {
    const left = [...replies];
    const say = (): void => {
      const reply = left.shift();
      if (reply !== undefined) socket.write(`${reply}\r\n`);
    };
    socket.on('data', say);
    say();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const DIALOGUE = ['220 mail.example.org', '250 mail.example.org', '250 sender ok', '250 recipient ok', '354 go ahead'];
test.concurrent.for(DIALOGUE.map((_, replies) => replies).concat(DIALOGUE.length))(
  'a server that is silent after %i replies is let go of after ten seconds, to be tried again',
  { timeout: 30_000 },
  async replies => {
    const server = await silentAfter(DIALOGUE.slice(0, replies));
    const { port } = server.address() as AddressInfo; // of a server that listens on a port
    const outbound = new Outbound({ allowedPrivateHosts: [`127.0.0.1:${port}`] });
    const settings = { host: '127.0.0.1', port, security: 'none', fromAddress: 'desk@northwind.example' };
    const tools = { outbound, slackApiUrl: '', smtpUrl: undefined, baseUrl: 'http://127.0.0.1', version: '0' };
    const began = performance.now();
    const sent = email.send(message, settings, target, tools);
    await expect(sent).rejects.toThrow(TryAgain);
    await expect(sent).rejects.toThrow('did not answer within 10 s');
    expect(performance.now() - began).toBeLessThan(15_000);
    server.close();
  },
);
