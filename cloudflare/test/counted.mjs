// A bucket in memory, as the engine's source and target ask one, that notes what it is asked for.
/** Bytes one after the other, which need not be in memory: each stretch has `length`, and `read(at, target)` fills the target. */
class Stretches {
  #stretches;
  #starts = [];
  size = 0;

  constructor(stretches) {
    this.#stretches = stretches;
    for (const { length } of stretches) {
      this.#starts.push(this.size);
      this.size += length;
    }
  }

  read(at, target) {
    let index = this.#starts.findLastIndex((start) => start <= at);
    for (let filled = 0; filled < target.length; index++) {
      const within = at + filled - this.#starts[index];
      const count = Math.min(target.length - filled, this.#stretches[index].length - within);
      this.#stretches[index].read(within, target.subarray(filled, filled + count));
      filled += count;
    }
  }
}

function ofBytes(bytes) {
  return { length: bytes.length, read: (at, target) => target.set(bytes.subarray(at, at + target.length)) };
}

export class CountedBucket {
  /** What was read of the source, and what was copied: `{start, end}` of each. */
  reads = [];
  copied = [];
  #source;
  #parts = [];
  #made = null;

  /** @param pieces of the object `source` */
  constructor(pieces) {
    this.#source = new Stretches(pieces.map(ofBytes));
  }

  get object() {
    return { key: 'source', size: this.#source.size, etag: 'first' };
  }

  get size() {
    return this.#made.size;
  }

  /** The new object. */
  bytes() {
    const bytes = new Uint8Array(this.#made.size);
    this.#made.read(0, bytes);
    return bytes;
  }

  async head() {
    return { etag: 'first', version: 'first' };
  }

  async get(key, { range: { offset, length } }) {
    if (key === 'source') {
      this.reads.push({ start: offset, end: offset + length });
    }
    return { body: bodyOf(key === 'source' ? this.#source : this.#made, offset, offset + length) };
  }

  async createMultipartUpload() {
    return {
      uploadId: 'upload',
      uploadPart: async (number, bytes) => this.#part(number, ofBytes(bytes.slice())),
      complete: async () => {
        this.#made = new Stretches(this.#parts);
        return { etag: 'made' };
      },
    };
  }

  /** In the place of the S3 side. */
  async copy({ number, offset, length }) {
    this.copied.push({ start: offset, end: offset + length });
    return this.#part(number, { length, read: (at, target) => this.#source.read(offset + at, target) });
  }

  #part(number, stretch) {
    this.#parts[number - 1] = stretch;
    return { partNumber: number, etag: String(number) };
  }
}

function bodyOf(bytes, start, end) {
  let at = start;
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const { view } = controller.byobRequest;
      const count = Math.min(view.byteLength, end - at);
      bytes.read(at, new Uint8Array(view.buffer, view.byteOffset, count));
      at += count;
      controller.byobRequest.respond(count);
      if (at === end) {
        controller.close();
      }
    },
  });
}
