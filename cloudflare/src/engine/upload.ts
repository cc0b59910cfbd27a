import { SourceChanged } from 'glulam-engine';
import { readInto } from './body.ts';
import type { PartCopies } from './part-copies.ts';
import type { Requests } from './requests.ts';
import { CHANGED, type Source } from './source.ts';

const MIB = 1 << 20;
/** R2 takes no shorter ones. One is in memory, and as much of copied ranges is read at each end as fills up a part. */
const LEAST_PART = 5 * MIB;
/** R2 takes 10,000, of one size but for the last. */
const MOST_PARTS = 9000;
/** Copies at once: a Worker has six connections. */
const MOST_COPIES = 4;
/** Bytes of one read. */
const MOST_READ = 8 * MIB;

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
  /** The current part; empty before the first byte, because nothing is written while the engine plans. */
  #current = new Uint8Array();
  #filled = 0;
  /** Where the current part begins. */
  #start = 0;
  #sealed: R2Object | undefined;
  /** Sources that parts were copied of, each as it was before the first copy. */
  readonly #copied = new Map<Source, string>();

  /** @param expected bytes of the object, about */
  constructor(bucket: R2Bucket, requests: Requests, key: string, expected: number, begun: UploadListener) {
    this.#bucket = bucket;
    this.#requests = requests;
    this.#key = key;
    this.#begun = begun;
    this.#partSize = Math.max(LEAST_PART, Math.ceil(expected * 2 / MOST_PARTS / MIB) * MIB);
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
    const fitting = this.#partSize - this.#filled;
    this.#keep(bytes.subarray(0, fitting));
    return this.#sendAndKeep(bytes.slice(fitting));
  }

  #keep(bytes: Uint8Array): void {
    this.#room(bytes.length).set(bytes);
    this.#filled += bytes.length;
  }

  /** What comes next in the current part. */
  #room(length: number): Uint8Array {
    if (this.#current.length === 0) {
      this.#current = new Uint8Array(this.#partSize);
    }
    return this.#current.subarray(this.#filled, this.#filled + length);
  }

  /** Appends bytes of the source that fit the current part, by one request: into its buffer, without another one for them. */
  async #read(source: Source, position: number, length: number): Promise<void> {
    const bytes = await source.read(position, length, this.#room(length));
    if (bytes.length !== length) {
      throw new SourceChanged(CHANGED);
    }
    this.#filled += length;
    this.#requests.passed += length;
    if (this.#filled === this.#partSize) {
      await this.#send();
    }
  }

  /** Sends the part, which is full, and those that the rest fills. */
  async #sendAndKeep(rest: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#send();
    for (let at = 0; at < rest.length;) {
      const length = Math.min(rest.length - at, this.#partSize - this.#filled);
      this.#keep(rest.subarray(at, at + length));
      at += length;
      if (this.#filled === this.#partSize) {
        await this.#send();
      }
    }
    // Lets go of its memory at once, which V8 would collect late.
    rest.buffer.transfer(0);
  }

  /**
   * Appends a range of the source. Whole parts of it the store copies by itself; what lies before and after them, so that
   * all parts have one size, is read and uploaded.
   *
   * @param copies null where the store does not copy: then the whole range is
   * @param progress hears of it from time to time
   */
  async copy(
    source: Source, copies: PartCopies | null, position: number, length: number, progress: () => void,
  ): Promise<void> {
    progress();
    if (copies === null) {
      for await (const bytes of await source.stream(position, length)) {
        await this.append(bytes);
      }
      this.#requests.passed += length;
      return;
    }
    const end = position + length;
    for (let at = position; at < end;) {
      const whole = this.#filled === 0 ? Math.floor((end - at) / this.#partSize) : 0;
      if (whole > 0) {
        await this.#copyParts(source, copies, at, whole, progress);
        at += whole * this.#partSize;
      } else {
        const count = Math.min(end - at, this.#partSize - this.#filled, MOST_READ);
        await this.#read(source, at, count);
        at += count;
      }
    }
  }

  async #copyParts(source: Source, copies: PartCopies, position: number, count: number, progress: () => void): Promise<void> {
    if (!this.#copied.has(source)) {
      this.#copied.set(source, await source.upload());
    }
    const { uploadId } = this.#upload ??= await this.#create();
    for (let first = 0; first < count; first += MOST_COPIES) {
      const numbers = Array.from({ length: Math.min(MOST_COPIES, count - first) }, (_, i) => first + i);
      const made = await Promise.all(numbers.map((i) => this.#requests.repeated('COPY_PART', () => copies.copy({
        key: this.#key,
        uploadId,
        number: this.#parts.length + 1 + i - first,
        sourceKey: source.key,
        offset: position + i * this.#partSize,
        length: this.#partSize,
      }))));
      this.#parts.push(...made);
      this.#start += made.length * this.#partSize;
      this.#requests.copied += made.length * this.#partSize;
      progress();
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
      for (const [source, before] of this.#copied) {
        if (await source.upload() !== before) {
          throw new SourceChanged(CHANGED);
        }
      }
      const upload = this.#upload!;
      this.#sealed = await this.#requests.once('COMPLETE_UPLOAD', () => upload.complete(this.#parts));
      this.#current = new Uint8Array();
    }
    return this.#sealed;
  }

  /** Bytes of the sealed object, in the buffer, which has that length. */
  async read(offset: number, length: number, buffer: Uint8Array = new Uint8Array(length)): Promise<Uint8Array> {
    const object = await this.seal();
    return this.#requests.repeated('GET', async () => {
      const stored = await this.#bucket.get(this.#key, {
        range: { offset, length },
        onlyIf: { etagMatches: object.etag },
      });
      if (stored === null || !('body' in stored)) {
        throw new Error('the temporary object was replaced while it was verified');
      }
      const bytes = await readInto(stored.body, buffer);
      this.#requests.downloaded += bytes.length;
      this.#requests.readBack += bytes.length;
      return bytes;
    });
  }
}
