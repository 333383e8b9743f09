import { vi } from 'vitest';

/** What a server would see of one connection. */
export class Wire extends EventTarget {
  readonly url: string;
  binaryType = 'arraybuffer';
  readyState: number = WebSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  /** What the page said, parsed: `['presence:here', {…}]`. */
  readonly heard: unknown[][] = [];
  /** What it said at the door. */
  holding: unknown;

  constructor(url: string | URL) {
    super();
    this.url = String(url);
    wires.push(this);
    queueMicrotask(() => (admitting ? this.#admit() : this.#refuse()));
  }

  send(text: string): void {
    if (text.startsWith('40')) {
      this.holding = JSON.parse(text.slice(2) || '{}');
      this.#speak('40{"sid":"s"}');
      return;
    }
    const [, ack, said] = /^42(\d*)(\[.*)/.exec(text) ?? [];
    if (said === undefined) return;
    this.heard.push(JSON.parse(said) as unknown[]);
    if (ack) this.#speak(`43${ack}[]`);
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
    queueMicrotask(() => this.onclose?.({ code: 1005, reason: '' }));
  }

  /** Sends one Socket.IO event to the page. */
  say(event: string, ...told: unknown[]): void {
    this.#speak(`42${JSON.stringify([event, ...told])}`);
  }

  /** The server ends the connection of its own will. */
  end(): void {
    this.#speak('41');
    queueMicrotask(() => this.close());
  }

  #admit(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
    this.#speak('0{"sid":"e","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}');
  }

  #refuse(): void {
    this.readyState = WebSocket.CLOSED;
    this.onerror?.();
    this.onclose?.({ code: 1006, reason: '' });
  }

  /** As from a network: never within the call that asked. */
  #speak(data: string): void {
    queueMicrotask(() => {
      if (this.readyState === WebSocket.OPEN) this.onmessage?.({ data });
    });
  }
}

let wires: Wire[] = [];
let admitting = true;

// The library takes hold of the constructor when it is loaded, so this stands for the whole file.
vi.stubGlobal('WebSocket', Object.assign(Wire, { CONNECTING: WebSocket.CONNECTING, OPEN: WebSocket.OPEN, CLOSED: WebSocket.CLOSED }));

/**
 * A network that speaks the protocol of Socket.IO's server in place of `WebSocket`; the client's library above it is the real
 * one. No test could cut a real cable at a given moment of a clock that it holds.
 */
export function fakeWire() {
  wires = [];
  admitting = true;
  return {
    /** Every connection so far, in order. */
    get all(): readonly Wire[] {
      return wires;
    },
    get last(): Wire {
      const wire = wires.at(-1);
      if (!wire) throw new Error('the page opened no connection');
      return wire;
    },
    admit(yes: boolean): void {
      admitting = yes;
    },
  };
}
