import type { Requests } from './requests.ts';

const MIB = 1 << 20;
const LEAST_PART = 8 * MIB;
/** R2 takes 10,000, of one size but for the last. */
const MOST_PARTS = 9000;

/** Hears of an upload before its first part, so that it can be aborted should this run die. */
export type UploadListener = (uploadId: string) => Promise<void>;

/**
 * A new object under a temporary key: parts are uploaded while it is written, from one buffer, and it is readable once it is
 * sealed.
 */
export class Upload {
  readonly #bucket: R2Bucket;
  readonly #requests: Requests;
  readonly #key: string;
  readonly #begun: UploadListener;
  readonly #partSize: number;
  #upload: R2MultipartUpload | undefined;
  #parts: R2UploadedPart[] = [];
  /** The current part. */
  #current: Uint8Array;
  #filled = 0;
  /** Where the current part begins. */
  #start = 0;
  #sealed: R2Object | undefined;

  /** @param expected bytes of the object, about */
  constructor(bucket: R2Bucket, requests: Requests, key: string, expected: number, begun: UploadListener) {
    this.#bucket = bucket;
    this.#requests = requests;
    this.#key = key;
    this.#begun = begun;
    this.#partSize = Math.max(LEAST_PART, Math.ceil(expected * 2 / MOST_PARTS / MIB) * MIB);
    this.#current = new Uint8Array(this.#partSize);
  }

  get size(): number {
    return this.#start + this.#filled;
  }

  /** Takes the bytes out of their buffer before it waits for anything. */
  append(bytes: Uint8Array): void | Promise<void> {
    if (this.#sealed !== undefined) {
      throw new Error('the object is sealed: nothing can be appended');
    }
    if (this.#filled + bytes.length < this.#partSize) {
      this.#keep(bytes);
      return;
    }
    return this.#appendParts(bytes.slice());
  }

  #keep(bytes: Uint8Array): void {
    this.#current.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  async #appendParts(bytes: Uint8Array): Promise<void> {
    let at = 0;
    while (at < bytes.length) {
      const length = Math.min(bytes.length - at, this.#partSize - this.#filled);
      this.#keep(bytes.subarray(at, at + length));
      at += length;
      if (this.#filled === this.#partSize) {
        await this.#send();
      }
    }
  }

  async #send(): Promise<void> {
    const upload = this.#upload ??= await this.#create();
    const part = this.#current.subarray(0, this.#filled);
    const number = this.#parts.length + 1;
    this.#parts.push(await this.#requests.repeated('UPLOAD_PART', () => upload.uploadPart(number, part)));
    this.#requests.uploaded += part.length;
    this.#start += this.#filled;
    this.#filled = 0;
  }

  async #create(): Promise<R2MultipartUpload> {
    const upload = await this.#requests.once('CREATE_UPLOAD', () => this.#bucket.createMultipartUpload(this.#key));
    await this.#begun(upload.uploadId);
    return upload;
  }

  /** Completes the object. From then on it is read from the bucket. */
  async seal(): Promise<R2Object> {
    if (this.#sealed === undefined) {
      if (this.#filled > 0 || this.#parts.length === 0) {
        await this.#send();
      }
      const upload = this.#upload!;
      this.#sealed = await this.#requests.once('COMPLETE_UPLOAD', () => upload.complete(this.#parts));
      this.#current = new Uint8Array();
    }
    return this.#sealed;
  }

  /** Bytes of the sealed object. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const object = await this.seal();
    return this.#requests.repeated('GET', async () => {
      const stored = await this.#bucket.get(this.#key, {
        range: { offset, length },
        onlyIf: { etagMatches: object.etag },
      });
      if (stored === null || !('body' in stored)) {
        throw new Error('the temporary object was replaced while it was verified');
      }
      const bytes = new Uint8Array(await stored.arrayBuffer());
      this.#requests.downloaded += bytes.length;
      return bytes;
    });
  }
}
