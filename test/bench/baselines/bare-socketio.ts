/** Socket.IO as it comes, with the product's options: its in-memory adapter emits to a room. */
import { Server } from 'socket.io';
import { runBaseline } from './_baseline.ts';

const ROOM = 'all';

await runBaseline(http => {
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 16 * 1024,
    pingInterval: 10_000,
    pingTimeout: 5_000,
  });
  io.on('connection', socket => void socket.join(ROOM));
  return packet => {
    const [event, ...args] = JSON.parse(packet.slice(1)) as [string, ...unknown[]]; // a Socket.IO event is such a list
    io.to(ROOM).emit(event, ...args);
  };
});
