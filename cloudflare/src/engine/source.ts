import { SourceChanged } from 'glulam-engine';
import { piecesOf, readInto } from './body.ts';
import type { Requests } from './requests.ts';

export const CHANGED = 'the object is no longer the version that was read first';

/** An object of the bucket, every read of it pinned to one version. */
export class Source {
  readonly #bucket: R2Bucket;
  readonly #requests: Requests;
  readonly key: string;
  readonly #etag: string;

  constructor(bucket: R2Bucket, requests: Requests, key: string, etag: string) {
    this.#bucket = bucket;
    this.#requests = requests;
    this.key = key;
    this.#etag = etag;
  }

  /** Bytes in the buffer, which has that length. @throws SourceChanged if the object is gone, or another version */
  read(offset: number, length: number, buffer: Uint8Array = new Uint8Array(length)): Promise<Uint8Array> {
    return this.#requests.repeated('GET', async () => {
      const bytes = await readInto((await this.#get(offset, length)).body, buffer);
      this.#requests.downloaded += bytes.length;
      return bytes;
    });
  }

  /** A range's bytes as they come, by one request. */
  async stream(offset: number, length: number): Promise<AsyncIterable<Uint8Array>> {
    const object = await this.#requests.repeated('GET', () => this.#get(offset, length));
    this.#requests.downloaded += length;
    return piecesOf(object.body);
  }

  /** Asks what tells this upload of the object from every other one, also of the same bytes. @throws SourceChanged as {@link read} */
  async upload(): Promise<string> {
    const head = await this.#requests.repeated('HEAD', () => this.#bucket.head(this.key));
    if (head === null || head.etag !== this.#etag) {
      throw new SourceChanged(CHANGED);
    }
    return head.version;
  }

  async #get(offset: number, length: number): Promise<R2ObjectBody> {
    const object = await this.#bucket.get(this.key, { range: { offset, length }, onlyIf: { etagMatches: this.#etag } });
    if (object === null || !('body' in object)) {
      throw new SourceChanged(CHANGED);
    }
    return object;
  }
}
