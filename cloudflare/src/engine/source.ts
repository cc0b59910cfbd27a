import { SourceChanged } from 'glulam-engine';
import type { Requests } from './requests.ts';

/** An object of the bucket, every read of it pinned to one version. */
export class Source {
  readonly #bucket: R2Bucket;
  readonly #requests: Requests;
  readonly #key: string;
  readonly #etag: string;

  constructor(bucket: R2Bucket, requests: Requests, key: string, etag: string) {
    this.#bucket = bucket;
    this.#requests = requests;
    this.#key = key;
    this.#etag = etag;
  }

  /** @throws SourceChanged if the object is gone, or another version */
  async read(offset: number, length: number): Promise<Uint8Array> {
    return this.#requests.repeated('GET', async () => {
      const object = await this.#bucket.get(this.#key, {
        range: { offset, length },
        onlyIf: { etagMatches: this.#etag },
      });
      if (object === null || !('body' in object)) {
        throw new SourceChanged('the object is no longer the version that was read first');
      }
      const bytes = new Uint8Array(await object.arrayBuffer());
      this.#requests.downloaded += bytes.length;
      return bytes;
    });
  }
}
