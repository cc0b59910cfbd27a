// The source as the engine reads it. Objects in stores are read in few, long requests: what the engine will read is held
// in an arena, what it reads beside that comes in windows, of which the last few are kept.

/** Bytes that one request brings at most, where the host does not give streams. */
export const WINDOW = 8 << 20;
/** Bytes of the arena; fewer where each request needs a buffer of its own. */
const ARENA_WITH_STREAMS = 32 << 20;
const ARENA = 24 << 20;
/** Of the object's end, which has the footer and, of most objects, the indexes. */
const TAIL = 512 << 10;
const SIDE = 1 << 20;
const MAX_SIDES = 3;
/** Bytes that are read and dropped sooner than that a request is made for what comes after them. */
export const GAP = 4 << 20;
/** Windows of a long range that are held. */
const MAX_WINDOWS = 2;
/** A cursor's buffer: page headers are far shorter. */
const BUFFER = 256 << 10;

/** Buffers of a window's size, used again and again: garbage of that size is collected late. */
export class Buffers {
  #free = [];

  take() {
    return this.#free.pop() ?? new Uint8Array(WINDOW);
  }

  give(buffer) {
    this.#free.push(buffer);
  }
}

export class Source {
  #host;
  #buffers;
  #blocks = [];
  /** Windows beside the arena, the one that was used last at the end. */
  #sides = [];
  #tail = null;
  #cursor = null;
  /** The memory of the cursor: garbage of one that is over would be collected late. */
  #cursorBuffer = null;
  /** A range that is read again and again, and its windows, the one that was used last at the end. */
  #long = null;

  constructor(host, buffers) {
    this.#host = host;
    this.#buffers = buffers;
  }

  /** Bytes that the arena may take. */
  get capacity() {
    return this.#host.arena ?? (this.#host.stream === undefined ? ARENA : ARENA_WITH_STREAMS);
  }

  /** A range of the source in pieces, which are valid until the next one is asked for. */
  async * pieces(position, length) {
    const end = position + length;
    let at = position;
    if (this.#host.stream !== undefined) {
      for await (const bytes of await this.#host.stream(position, length)) {
        at += bytes.length;
        yield bytes;
      }
    } else {
      const buffer = this.#buffers.take();
      try {
        for (; at < end; at += WINDOW) {
          const count = Math.min(WINDOW, end - at);
          yield whole(await this.#host.read(at, count, buffer.subarray(0, count)), at, count);
        }
      } finally {
        this.#buffers.give(buffer);
      }
      at = end;
    }
    if (at !== end) {
      throw new Error(`${at - position} bytes at ${position}, where ${length} were asked for`);
    }
  }

  /** The bytes of a range; a promise of them where they have to be read. */
  read(position, length) {
    if (!this.#host.remote) {
      const bytes = this.#host.read(position, length);
      return bytes instanceof Promise ? bytes.then((read) => whole(read, position, length)) : whole(bytes, position, length);
    }
    if (this.#cursor !== null && this.#cursor.reaches(position, length)) {
      return this.#cursor.read(position, length);
    }
    const side = this.#sideOf(position, length);
    if (side !== null) {
      return subarrayOf(side, position, length);
    }
    return this.#isLong(position, length) ? this.#readLong(position, length) : this.#readBeside(position, length);
  }

  /** Tells that a range, which is too long to be held, is read again and again: from now on, in the longest windows. */
  again(start, end) {
    this.#long = { start, end, windows: [] };
  }

  #isLong(position, length) {
    return this.#long !== null && position >= this.#long.start && position + length <= this.#long.end;
  }

  #readLong(position, length) {
    const { start, end, windows } = this.#long;
    const from = position - (position - start) % WINDOW;
    const until = Math.min(end, from + WINDOW);
    if (position + length > until) {
      return this.#readAcross(position, until - position, length);
    }
    const at = windows.findIndex((window) => window.start === from);
    if (at < 0) {
      return this.#readWindow(from, until - from).then((window) => subarrayOf(window, position, length));
    }
    windows.push(...windows.splice(at, 1));
    return subarrayOf(windows[windows.length - 1], position, length);
  }

  /** Reads a range that begins in one window and ends in the next. */
  async #readAcross(position, count, length) {
    const bytes = new Uint8Array(length);
    bytes.set(await this.#readLong(position, count));
    bytes.set(await this.#readLong(position + count, length - count), count);
    return bytes;
  }

  async #readWindow(start, length) {
    const { windows } = this.#long;
    const buffer = windows.length === MAX_WINDOWS ? windows.shift().buffer : this.#buffers.take();
    const bytes = whole(await this.#host.read(start, length, buffer.subarray(0, length)), start, length);
    windows.push({ start, buffer, bytes });
    return windows[windows.length - 1];
  }

  #sideOf(position, length) {
    if (this.#tail !== null && position >= this.#tail.start && position + length <= this.#host.size) {
      return this.#tail;
    }
    const at = this.#sides.findIndex(({ start, bytes }) => position >= start && position + length <= start + bytes.length);
    if (at < 0) {
      return null;
    }
    this.#sides.push(...this.#sides.splice(at, 1));
    return this.#sides[this.#sides.length - 1];
  }

  async #readBeside(position, length) {
    const last = this.#host.limitOf?.(position) ?? this.#host.size;
    const atEnd = position + length === this.#host.size;
    const start = atEnd ? Math.min(position, Math.max(0, last - TAIL)) : position;
    const limit = this.#tail === null || position >= this.#tail.start ? last : this.#tail.start;
    const end = Math.max(position + length, Math.min(limit, start + SIDE));
    const isTail = atEnd && this.#tail === null;
    const buffer = isTail ? new Uint8Array(end - start) : this.#sideBuffer(end - start);
    const bytes = await this.#host.read(start, end - start, buffer.subarray(0, end - start));
    const side = { start, buffer, bytes: whole(bytes, start, end - start) };
    if (isTail) {
      this.#tail = side;
    } else {
      this.#sides.push(side);
    }
    return subarrayOf(side, position, length);
  }

  /** That of the window that was not used for longest, where there are as many as may be. */
  #sideBuffer(length) {
    const buffer = this.#sides.length === MAX_SIDES ? this.#sides.shift().buffer : null;
    return buffer !== null && buffer.length >= length ? buffer : new Uint8Array(Math.max(length, SIDE));
  }

  /** Begins to read a range from its start to its end: reads within it go on with one request, and pass over what they leave out. */
  open(start, end) {
    this.close();
    this.#cursorBuffer ??= new Uint8Array(BUFFER);
    this.#cursor = new Cursor(this.pieces(start, end - start), start, end, this.#cursorBuffer);
  }

  /** Ends the reading of a range. */
  close() {
    this.#cursor?.close();
    this.#cursor = null;
  }

  /** Fetches ranges into the arena: `{start, end, address}` of each, in order, none overlapping. */
  async hold(ranges) {
    for (let first = 0, next; first < ranges.length; first = next) {
      next = first + 1;
      while (next < ranges.length && ranges[next].start - ranges[next - 1].end <= GAP) {
        next++;
      }
      await this.#holdTogether(ranges.slice(first, next));
    }
  }

  async #holdTogether(ranges) {
    const last = ranges[ranges.length - 1];
    let at = ranges[0].start;
    let next = 0;
    for await (const bytes of this.pieces(at, last.end - at)) {
      const end = at + bytes.length;
      for (; next < ranges.length && ranges[next].start < end; next++) {
        const { start, end: until, address } = ranges[next];
        const from = Math.max(start, at);
        this.keep(address + from - start, bytes.subarray(from - at, Math.min(until, end) - at));
        if (until > end) {
          break;
        }
      }
      at = end;
    }
  }

  /** Puts bytes into the arena. */
  keep(address, bytes) {
    for (let from = 0; from < bytes.length;) {
      const within = (address + from) % WINDOW;
      const count = Math.min(WINDOW - within, bytes.length - from);
      const block = (address + from - within) / WINDOW;
      this.#blocks[block] ??= this.#buffers.take();
      this.#blocks[block].set(bytes.subarray(from, from + count), within);
      from += count;
    }
  }

  /** Fills `target` with bytes of the arena. */
  take(address, target) {
    for (let from = 0; from < target.length;) {
      const within = (address + from) % WINDOW;
      const count = Math.min(WINDOW - within, target.length - from);
      target.set(this.#blocks[(address + from - within) / WINDOW].subarray(within, within + count), from);
      from += count;
    }
  }

  /** Tells that other bytes lie before `limit` now. */
  forget(limit) {
    this.close();
    this.#tail = null;
    this.#sides = this.#sides.filter(({ start }) => start >= limit);
  }

  /** Lets go of everything that is held. */
  release() {
    this.close();
    this.#blocks.forEach((block) => this.#buffers.give(block));
    this.#blocks = [];
    this.#sides = [];
    this.#long?.windows.forEach(({ buffer }) => this.#buffers.give(buffer));
    this.#long = this.#long === null ? null : { ...this.#long, windows: [] };
  }
}

/** Reads a range forward, and passes over what is not asked for. */
class Cursor {
  #pieces;
  #piece = new Uint8Array();
  /** Where the rest of the piece begins. */
  #at;
  #end;
  #start;
  #buffer;
  #length = 0;

  /** @param buffer of {@link BUFFER} bytes, which nothing else uses until this is closed */
  constructor(pieces, start, end, buffer) {
    this.#buffer = buffer;
    this.#pieces = pieces;
    this.#start = start;
    this.#at = start;
    this.#end = end;
  }

  reaches(position, length) {
    return position >= this.#start && position + length <= this.#end && length <= BUFFER;
  }

  read(position, length) {
    const from = position - this.#start;
    if (from + length <= this.#length) {
      return this.#buffer.subarray(from, from + length);
    }
    return this.#goTo(position, length);
  }

  async #goTo(position, length) {
    const from = position - this.#start;
    this.#buffer.copyWithin(0, Math.min(from, this.#length), this.#length);
    this.#length = Math.max(0, this.#length - from);
    this.#start = position;
    while (this.#length < length) {
      await this.#pass(position + this.#length);
      const count = Math.min(this.#piece.length, BUFFER - this.#length);
      this.#buffer.set(this.#piece.subarray(0, count), this.#length);
      this.#length += count;
      this.#drop(count);
    }
    return this.#buffer.subarray(0, length);
  }

  /** Goes on to a position, with at least a byte there. */
  async #pass(position) {
    this.#drop(Math.min(position - this.#at, this.#piece.length));
    while (this.#piece.length === 0) {
      const { value, done } = await this.#pieces.next();
      if (done) {
        throw new Error(`the source ends before ${position}`);
      }
      this.#piece = value;
      this.#drop(Math.min(position - this.#at, this.#piece.length));
    }
  }

  #drop(count) {
    this.#at += count;
    this.#piece = this.#piece.subarray(count);
  }

  close() {
    // The stream is cancelled; what it still brings is wanted by nobody, not even a failure.
    Promise.resolve(this.#pieces.return()).catch(() => {});
  }
}

function subarrayOf({ start, bytes }, position, length) {
  return bytes.subarray(position - start, position - start + length);
}

export function whole(bytes, position, length) {
  if (bytes.length !== length) {
    throw new Error(`${bytes.length} bytes at ${position}, where ${length} were asked for`);
  }
  return bytes;
}
