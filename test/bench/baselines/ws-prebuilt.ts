/** The floor: one frame, built once, written to every TCP socket. Nothing in Node sends the same bytes for less. */
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { serverFrame } from '../load/frames.ts';
import { runBaseline } from './_baseline.ts';

await runBaseline(http => {
  const upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const sockets = new Set<Duplex>();
  http.on('upgrade', (request, socket, head) => {
    upgrades.handleUpgrade(request, socket, head, () => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
  });
  return packet => {
    const frame = serverFrame(`4${packet}`);
    for (const socket of sockets) socket.write(frame);
  };
});
