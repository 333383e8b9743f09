import { Socket as TcpSocket } from 'node:net';

/** What must be known of an engine.io connection to write to its TCP socket past it. None of this is promised by the libraries. */
export interface DirectConnection {
  readyState: string;
  upgrading: boolean;
  writeBuffer: unknown[];
  transport: {
    name: string;
    writable: boolean;
    perMessageDeflate: unknown;
    socket: { readyState: number; _socket: TcpSocket };
  };
}

const OPEN = 1;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Names what a connection lacks of all that; an empty list means that the direct path may be used. */
export function missingInternals(conn: unknown): string[] {
  if (!isObject(conn)) return ['conn'];
  const transport = isObject(conn.transport) ? conn.transport : {};
  const socket = isObject(transport.socket) ? transport.socket : {};
  const found = {
    readyState: typeof conn.readyState === 'string',
    upgrading: typeof conn.upgrading === 'boolean',
    writeBuffer: Array.isArray(conn.writeBuffer),
    'transport.name': typeof transport.name === 'string',
    'transport.writable': typeof transport.writable === 'boolean',
    'transport.perMessageDeflate': 'perMessageDeflate' in transport,
    'transport.socket.readyState': typeof socket.readyState === 'number',
    'transport.socket._socket': socket._socket instanceof TcpSocket,
  };
  return Object.entries(found).flatMap(([name, there]) => (there ? [] : [name]));
}

export const isDirect = (conn: unknown): conn is DirectConnection => missingInternals(conn).length === 0;

/** True when nothing is queued before us: a direct write must never overtake what engine.io has still to send. */
export const canWriteNow = ({ readyState, upgrading, writeBuffer, transport }: DirectConnection): boolean =>
  readyState === 'open' &&
  !upgrading &&
  writeBuffer.length === 0 &&
  transport.name === 'websocket' &&
  transport.writable &&
  !transport.perMessageDeflate &&
  transport.socket.readyState === OPEN &&
  transport.socket._socket.writable;
