import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

const NONCE_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 4;

const derive = (master: Uint8Array, use: string): Buffer => Buffer.from(hkdfSync('sha256', master, 'quarterdeck', use, 32));

/** One master key with the keys derived from it (HKDF, RFC 5869), each for one use. */
class Keys {
  /** Tells keys apart in what was made with them; says nothing about the key. */
  readonly id: Buffer;
  readonly links: KeyObject;
  readonly pepper: KeyObject;
  readonly storage: KeyObject;
  constructor(master: Uint8Array) {
    this.id = derive(master, 'id').subarray(0, KEY_ID_BYTES);
    // as key objects: bytes Node would make into one at each use
    this.links = createSecretKey(derive(master, 'links'));
    this.pepper = createSecretKey(derive(master, 'pepper'));
    this.storage = createSecretKey(derive(master, 'storage'));
  }
}

/** Everything that is made with the installation's secret key. After a change of key the previous ones still read. */
export class Secrets {
  readonly #current: Keys;
  readonly #all: readonly Keys[];

  /** @param current 32 random bytes or more. @param previous keys that were current before. */
  constructor(current: Uint8Array, previous: readonly Uint8Array[] = []) {
    this.#current = new Keys(current);
    this.#all = [this.#current, ...previous.map(key => new Keys(key))];
  }

  newNonce(): Buffer {
    return randomBytes(NONCE_BYTES);
  }

  /**
   * The token of a link: derived, so that a worker can write the same link at each try and nothing usable lies in the database.
   * The purpose inside kills the use of one kind of link as another.
   * @returns 43 characters of base64url
   */
  token(purpose: string, nonce: Uint8Array): string {
    return createHmac('sha256', this.#current.links).update(`${purpose}\0`).update(nonce).digest('base64url');
  }

  /** What the database keeps of a token, to find it by. */
  tokenHash(purpose: string, token: string): Buffer {
    return createHash('sha256').update(`${purpose}\0${token}`).digest();
  }

  /** A password made useless without this installation's key; the id of the key is kept beside the hash. Base64, since argon2 takes text. */
  pepper(password: string, keyId = this.keyId): string | undefined {
    const keys = this.#all.find(({ id }) => id.toString('hex') === keyId);
    return keys && createHmac('sha256', keys.pepper).update(password.normalize('NFC')).digest('base64');
  }

  /** The current key's id, in hex. */
  get keyId(): string {
    return this.#current.id.toString('hex');
  }

  /**
   * AES-256-GCM. @param context what the text belongs to, such as a row's id: it cannot be read back under another.
   * @returns key id, IV, tag and ciphertext in one
   */
  encrypt(text: string, context: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#current.storage, iv).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([this.#current.id, iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when the key is not known any more, or a byte or the context differs */
  decrypt(sealed: Uint8Array, context: string): string {
    const bytes = Buffer.from(sealed);
    const keyId = bytes.subarray(0, KEY_ID_BYTES);
    const keys = this.#all.find(({ id }) => id.equals(keyId));
    if (!keys) throw new Error('This secret was stored under a SECRET_KEY that is not set any more: add that key to SECRET_KEY_PREVIOUS.');
    const iv = bytes.subarray(KEY_ID_BYTES, KEY_ID_BYTES + IV_BYTES);
    const tag = bytes.subarray(KEY_ID_BYTES + IV_BYTES, KEY_ID_BYTES + IV_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', keys.storage, iv).setAAD(Buffer.from(context)).setAuthTag(tag);
    return Buffer.concat([decipher.update(bytes.subarray(KEY_ID_BYTES + IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  }
}
