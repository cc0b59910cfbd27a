// The inputs of a merge as one source: their bytes one input after the other, in an order that the engine may change.

/** Several sources as one; a read is a request to the input that has the bytes, a longer range one to each. */
export class Inputs {
  #inputs;
  #order;
  /** Where each begins, in the order of the rows; then where the last one ends. */
  #starts;
  remote;
  arena;

  /** @param inputs `{name, group, size, version, read, stream}` of each; all have `stream`, or none */
  constructor(inputs, { remote, arena } = {}) {
    this.#inputs = inputs;
    this.remote = remote;
    this.arena = arena;
    if (inputs.length > 0 && inputs.every(({ stream }) => stream !== undefined)) {
      this.stream = (position, length) => this.#stream(position, length);
    }
    this.arrange(inputs.keys());
  }

  /** @param numbers of the inputs, in their new order */
  arrange(numbers) {
    this.#order = [...numbers].map((number) => this.#inputs[number]);
    this.#starts = [0];
    this.#order.forEach(({ size }, i) => this.#starts.push(this.#starts[i] + size));
  }

  get size() {
    return this.#starts[this.#starts.length - 1];
  }

  /** What the engine is told of them. */
  fields() {
    return Object.fromEntries(this.#inputs.flatMap(({ name, group = '', size, version }, i) => [
      [`input.${i}.name`, name], [`input.${i}.group`, group], [`input.${i}.size`, size], [`input.${i}.version`, version],
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
    const end = position + length;
    for (let at = position, i = this.#inputAt(position); at < end; i++) {
      const until = Math.min(end, this.#starts[i + 1]);
      if (until > at) {
        yield { input: this.#order[i], from: at - this.#starts[i], length: until - at, at };
        at = until;
      }
    }
  }

  /** The last one that begins at or before a position. */
  #inputAt(position) {
    let low = 0;
    let high = this.#order.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] <= position) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
