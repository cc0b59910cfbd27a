// The new object as the engine writes it: in windows, of which it is remembered what was appended. Once the object is
// sealed, the windows are read back and compared. What was copied from the source is not: the host pins its version.
import zlib from 'node:zlib';
import { WINDOW } from './source.js';

/** Windows that are held: of pages, indexes and the footer. */
const MAX_HELD = 3;

/** What was written reads back differently. */
export class Differs extends Error {}

export class Output {
  #host;
  #source;
  #buffers;
  #end = 0;
  /** In order: `{start, length, crc, checked, buffer, bytes}` of each; ranges that were copied lie in none. */
  #windows = [];
  #open = null;
  /** Windows with bytes. */
  #held = [];

  /** @param {Source} source that ranges are copied from */
  constructor(host, source, buffers) {
    this.#host = host;
    this.#source = source;
    this.#buffers = buffers;
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
      this.#open = { start: this.#end, length: 0, crc: 0, checked: false, buffer: null, bytes: null };
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
      for await (const bytes of this.#source.pieces(position, length)) {
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
      const count = Math.min(next - position, length);
      return this.#joined(position, length, position + count, this.#read(position, count, new Uint8Array(count)));
    }
    const end = window.start + window.length;
    if (position + length <= end && window.bytes !== null) {
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

  /** @param buffer that the host may fill and give back */
  async #read(position, length, buffer) {
    const bytes = await this.#host.written(position, length, buffer.subarray(0, length));
    if (bytes.length !== length) {
      throw new Differs(`${bytes.length} bytes at ${position} read back, where ${length} were written`);
    }
    return bytes;
  }

  async #fetched(window) {
    if (window.bytes === null) {
      this.#makeRoom();
      window.buffer = this.#buffers.take();
      const bytes = await this.#read(window.start, window.length, window.buffer);
      this.#compare(window, bytes);
      window.bytes = bytes;
      this.#held.push(window);
    }
    return window.bytes;
  }

  /** Pages are read from the first one on, indexes and footer, which come last, beside them: the first window is done with. */
  #makeRoom() {
    if (this.#held.length === MAX_HELD) {
      this.#held.sort((a, b) => a.start - b.start);
      this.#letGo(this.#held.shift());
    }
  }

  #letGo(window) {
    this.#buffers.give(window.buffer);
    window.buffer = null;
    window.bytes = null;
  }

  #compare(window, bytes) {
    if (zlib.crc32(bytes) !== window.crc) {
      throw new Differs(`what was written from ${window.start} on reads back differently`);
    }
    window.checked = true;
  }

  /** Reads back what nothing has asked for yet. */
  async checkRest() {
    const buffer = this.#buffers.take();
    for (const window of this.#windows) {
      if (!window.checked) {
        this.#compare(window, await this.#read(window.start, window.length, buffer));
      }
    }
    this.#buffers.give(buffer);
    this.#held.forEach((window) => this.#letGo(window));
    this.#held = [];
  }
}
