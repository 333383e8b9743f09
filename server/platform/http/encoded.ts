/** An answer that is text already, with the tag that names its version (RFC 9110, 8.8.3). */
export class Encoded {
  readonly json: string;
  readonly etag: string;
  constructor(json: string, etag: string) {
    this.json = json;
    this.etag = etag;
  }
}
