// The new object as the engine writes it: in windows, of which it is remembered what was appended. Once the object is
// sealed, the windows are read back and compared. What was copied from the source is not: the host pins its version.
import zlib from 'node:zlib';

/** Bytes that are read back at once, at most. */
export const WINDOW = 8 << 20;
/** Windows that are held: pages are read in order, beside them the indexes and the footer. */
const MAX_HELD = 3;

/** What was written reads back differently. */
export class Differs extends Error {}

export class Output {
  #host;
  #pieces;
  #end = 0;
  /** In order: `{start, length, crc, checked, bytes}` of each; ranges that were copied lie in none. */
  #windows = [];
  #open = null;
  /** Windows with bytes, the one that was used last at the end. */
  #held = [];

  /** @param pieces gives a range of the source in pieces: `pieces(position, length)` is an asynchronous iterable */
  constructor(host, pieces) {
    this.#host = host;
    this.#pieces = pieces;
  }

  append(bytes) {
    for (let from = 0; from < bytes.length;) {
      const window = this.#windowToFill();
      const part = bytes.subarray(from, from + WINDOW - window.length);
      window.crc = zlib.crc32(part, window.crc);
      window.length += part.length;
      this.#end += part.length;
      from += part.length;
    }
    return this.#host.append(bytes);
  }

  #windowToFill() {
    if (this.#open === null || this.#open.length === WINDOW) {
      this.#open = { start: this.#end, length: 0, crc: 0, checked: false, bytes: null };
      this.#windows.push(this.#open);
    }
    return this.#open;
  }

  /** Appends a range of the source: inside the store where the host can, else through the host. */
  async copy(position, length) {
    this.#open = null;
    if (this.#host.copy !== undefined) {
      await this.#host.copy(position, length);
    } else {
      for await (const bytes of this.#pieces(position, length)) {
        await this.#host.append(bytes);
      }
    }
    this.#end += length;
  }

  seal() {
    return this.#host.seal?.();
  }

  /** The bytes of a range; a promise of them where they have to be read. */
  written(position, length) {
    const index = this.#indexOf(position);
    const window = this.#windows[index];
    if (window === undefined || position >= window.start + window.length) {
      const next = this.#windows[index + 1]?.start ?? this.#end;
      return this.#joined(position, length, Math.min(next, position + length), this.#read(position,
        Math.min(next - position, length)));
    }
    const end = window.start + window.length;
    if (position + length <= end && window.bytes !== null) {
      this.#use(window);
      return window.bytes.subarray(position - window.start, position - window.start + length);
    }
    return this.#joined(position, length, Math.min(end, position + length), this.#fetched(window).then((bytes) =>
      bytes.subarray(position - window.start, Math.min(window.length, position - window.start + length))));
  }

  /** What begins a range, and what is missing of it. */
  async #joined(position, length, end, first) {
    const bytes = await first;
    if (end === position + length) {
      return bytes;
    }
    const whole = new Uint8Array(length);
    whole.set(bytes);
    whole.set(await this.written(end, position + length - end), end - position);
    return whole;
  }

  /** The last window that begins at or before a position; -1 if there is none. */
  #indexOf(position) {
    let low = 0;
    let high = this.#windows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#windows[middle].start <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  async #read(position, length) {
    const bytes = await this.#host.written(position, length);
    if (bytes.length !== length) {
      throw new Differs(`${bytes.length} bytes at ${position} read back, where ${length} were written`);
    }
    return bytes;
  }

  #use(window) {
    const at = this.#held.indexOf(window);
    if (at !== this.#held.length - 1) {
      this.#held.splice(at, 1);
      this.#held.push(window);
    }
  }

  async #fetched(window) {
    if (window.bytes === null) {
      if (this.#held.length === MAX_HELD) {
        this.#held.shift().bytes = null;
      }
      const bytes = await this.#read(window.start, window.length);
      this.#compare(window, bytes);
      window.bytes = bytes;
      this.#held.push(window);
    } else {
      this.#use(window);
    }
    return window.bytes;
  }

  #compare(window, bytes) {
    if (zlib.crc32(bytes) !== window.crc) {
      throw new Differs(`what was written from ${window.start} on reads back differently`);
    }
    window.checked = true;
  }

  /** Reads back what nothing has asked for yet. */
  async checkRest() {
    for (const window of this.#windows) {
      if (!window.checked) {
        this.#compare(window, await this.#read(window.start, window.length));
      }
    }
  }
}
