/** Where a crowd connects, and as whom. */
export interface Door {
  port: number;
  path: string;
  /** Cookies, shared out over the connections in turn; none: nobody is signed in. */
  cookies: readonly string[];
}

/** As many people as this come from one place: an office behind one address. */
const PER_ADDRESS = 50;

/** The address of a person, in the block that is set aside for benchmarks (RFC 2544). */
function addressOf(index: number): string {
  const place = Math.floor(index / PER_ADDRESS);
  return `198.18.${Math.floor(place / 250)}.${1 + (place % 250)}`;
}

/**
 * The upgrade request of one connection, with a block of headers as large as a browser's: what a server keeps per
 * connection depends on it. A proxy of this machine passed it on. The key may be the same for all: it only has to come back hashed.
 */
export function upgradeRequest({ port, path, cookies }: Door, index: number): Buffer {
  const cookie = cookies.length > 0 ? cookies[index % cookies.length] : undefined;
  return Buffer.from(
    [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Pragma: no-cache',
      'Cache-Control: no-cache',
      'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      'Upgrade: websocket',
      `Origin: http://127.0.0.1:${port}`,
      'Sec-WebSocket-Version: 13',
      'Accept-Encoding: gzip, deflate, br, zstd',
      'Accept-Language: en-GB,en-US;q=0.9,en;q=0.8,sv;q=0.7',
      ...(cookie === undefined ? [] : [`Cookie: ${cookie}`]),
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
      'Sec-Fetch-Dest: empty',
      'Sec-Fetch-Mode: websocket',
      'Sec-Fetch-Site: same-origin',
      `X-Forwarded-For: ${addressOf(index)}`,
      '\r\n',
    ].join('\r\n'),
  );
}
