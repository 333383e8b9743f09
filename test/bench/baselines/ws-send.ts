/** A broadcast as most people write it: `ws`, one `send` per client. */
import { WebSocketServer } from 'ws';
import { runBaseline } from './_baseline.ts';

await runBaseline(server => {
  const { clients } = new WebSocketServer({ server, perMessageDeflate: false });
  return packet => {
    for (const client of clients) client.send(`4${packet}`);
  };
});
