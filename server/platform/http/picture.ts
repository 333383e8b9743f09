/** An answer that is a picture of our own making. */
export class Picture {
  readonly bytes: Buffer;
  /** Names this very picture (RFC 9110, 8.8.3). */
  readonly etag: string;
  /** It was asked for by that name, and so may be kept for ever. */
  readonly lasting: boolean;
  constructor(bytes: Buffer, etag: string, lasting: boolean) {
    this.bytes = bytes;
    this.etag = etag;
    this.lasting = lasting;
  }
}
