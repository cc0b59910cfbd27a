// The inputs of a merge as one source: from OWN on their bytes one input after the other; before that, regions of them, which
// the engine lays one after the other for each new object.

/** Where the first input begins (HostInputs.java). */
export const OWN = 2 ** 45;

/** Several sources as one; a read is a request to the input that has the bytes, a longer range one to each. */
export class Inputs {
  #inputs;
  /** `{start, end, input, from}`, in order: the bytes from `start` to `end` are the input's from `from` on. */
  #own = [];
  #regions = [];
  remote;
  arena;

  /** @param inputs `{name, group, size, version, done, read, stream}` of each; all have `stream`, or none */
  constructor(inputs, { remote, arena } = {}) {
    this.#inputs = inputs;
    this.remote = remote;
    this.arena = arena;
    if (inputs.length > 0 && inputs.every(({ stream }) => stream !== undefined)) {
      this.stream = (position, length) => this.#stream(position, length);
    }
    let at = OWN;
    for (const input of inputs) {
      this.#own.push({ start: at, end: at + input.size, input, from: 0 });
      at += input.size;
    }
  }

  /**
   * @param regions `{number, start, end}` of each: the input's number, and the range of it
   * @param base where the first one begins
   */
  arrange(regions, base) {
    let at = base;
    this.#regions = regions.map(({ number, start, end }) => {
      const region = { start: at, end: at + end - start, input: this.#inputs[number], from: start };
      at = region.end;
      return region;
    });
  }

  /** Bytes of the regions. */
  get size() {
    return this.#regions.at(-1)?.end ?? 0;
  }

  /** Where the bytes end that belong to a position. */
  limitOf(position) {
    return position < OWN ? this.size : this.#own[indexOf(this.#own, position)].end;
  }

  /** What the engine is told of them. */
  fields() {
    return Object.fromEntries(this.#inputs.flatMap(({ name, group = '', size, version, done = 0 }, i) => [
      [`input.${i}.name`, name], [`input.${i}.group`, group], [`input.${i}.size`, size], [`input.${i}.version`, version],
      [`input.${i}.done`, done],
    ]));
  }

  async read(position, length, buffer = new Uint8Array(length)) {
    for (const part of this.parts(position, length)) {
      const target = buffer.subarray(part.at - position, part.at - position + part.length);
      const bytes = await part.input.read(part.from, part.length, target);
      if (bytes.length !== part.length) {
        throw new Error(`${part.input.name}: ${bytes.length} bytes at ${part.from}, where ${part.length} were asked for`);
      }
      if (bytes.buffer !== target.buffer) {
        target.set(bytes);
      }
    }
    return buffer;
  }

  async * #stream(position, length) {
    for (const { input, from, length: count } of this.parts(position, length)) {
      yield * await input.stream(from, count);
    }
  }

  /** The inputs that have a range: `{input, from, length}`, and `at`, where in all of them it begins. */
  * parts(position, length) {
    const ranges = position < OWN ? this.#regions : this.#own;
    const end = position + length;
    for (let at = position, i = indexOf(ranges, position); at < end; i++) {
      const range = ranges[i];
      const until = Math.min(end, range.end);
      if (until > at) {
        yield { input: range.input, from: range.from + at - range.start, length: until - at, at };
        at = until;
      }
    }
  }
}

/** The last range that begins at or before a position. */
function indexOf(ranges, position) {
  let low = 0;
  let high = ranges.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle].start <= position) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}
