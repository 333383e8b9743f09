import { type KeyObject, createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { NewPasskey, PasskeySignature } from '#contract/factors.ts';
import type { MakingOptions, SigningOptions } from '#contract/second-factor.ts';

const PRESENT_AND_VERIFIED = 0x05;
const PRESENT = 0x01;
const WITH_CREDENTIAL = 0x40;
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();

interface Lies {
  origin?: string;
  /** As if nobody had proven who touches it. */
  unverified?: true;
  counter?: number;
}

/** A passkey in software (WebAuthn, ES256, attestation "none"), which can also lie. */
export class SoftPasskey {
  readonly #origin: string;
  readonly #id = randomBytes(32);
  readonly #key: KeyObject;
  readonly #cose: Uint8Array;
  #userHandle: string | null = null;
  counter = 0;

  constructor(origin: string) {
    this.#origin = origin;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = privateKey;
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const bytes = (part: string) => new Uint8Array(Buffer.from(part, 'base64url'));
    // kty EC2, alg ES256, crv P-256, x, y (RFC 9053)
    this.#cose = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(x)],
        [-3, bytes(y)],
      ]),
    );
  }

  #clientData(type: string, challenge: string, { origin = this.#origin }: Lies): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }
  #authData(rpId: string, flags: number, counter: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count]);
  }

  make({ rp, user, challenge }: MakingOptions, lies: Lies = {}): NewPasskey {
    this.#userHandle = user.id;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.#id.length);
    const head = this.#authData(rp.id, PRESENT_AND_VERIFIED | WITH_CREDENTIAL, this.counter);
    const authData = Buffer.concat([head, Buffer.alloc(16), length, this.#id, this.#cose]);
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', new Uint8Array(authData)],
    ]);
    return {
      id: base64url(this.#id),
      rawId: base64url(this.#id),
      type: 'public-key',
      response: {
        clientDataJSON: base64url(this.#clientData('webauthn.create', challenge, lies)),
        attestationObject: base64url(isoCBOR.encode(attestation as never)), // its type knows no maps of bytes
        transports: ['internal'],
      },
    };
  }

  sign({ rpId, challenge }: SigningOptions, lies: Lies = {}): PasskeySignature {
    this.counter += 1;
    const clientData = this.#clientData('webauthn.get', challenge, lies);
    const authData = this.#authData(rpId, lies.unverified ? PRESENT : PRESENT_AND_VERIFIED, lies.counter ?? this.counter);
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), this.#key);
    return {
      id: base64url(this.#id),
      rawId: base64url(this.#id),
      type: 'public-key',
      response: {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(authData),
        signature: base64url(signature),
        userHandle: this.#userHandle,
      },
    };
  }
}
