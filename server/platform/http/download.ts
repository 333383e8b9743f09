import type { Readable } from 'node:stream';

/** An answer that is a file for the person to keep, sent as it is made. */
export class Download {
  readonly name: string;
  readonly type: 'text/csv';
  readonly body: Readable;
  /** @param name of the file, in ASCII and without quotes */
  constructor(name: string, type: 'text/csv', body: Readable) {
    this.name = name;
    this.type = type;
    this.body = body;
  }
}
