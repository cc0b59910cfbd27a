const PIECE = 256 << 10;

/**
 * A body's bytes as they come, in one piece of memory that is used again: each is valid until the next one is asked for. V8
 * collects buffers late, and an isolate has 128 MB.
 */
export async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader({ mode: 'byob' });
  try {
    for (let piece = new Uint8Array(PIECE); ;) {
      const { value, done } = await reader.read(piece);
      if (value !== undefined && value.length > 0) {
        yield value;
      }
      if (done) {
        return;
      }
      piece = new Uint8Array(value.buffer);
    }
  } finally {
    // Of a body that was read to its end nothing is left; one that is not wanted any more is not waited for.
    reader.cancel().catch(() => undefined);
  }
}

/**
 * Reads a body into a buffer of its length, and returns what of it was filled. The pieces come in one piece of memory that is used
 * again: V8 collects buffers late, and an isolate has 128 MB.
 */
export async function readInto(body: ReadableStream<Uint8Array>, buffer: Uint8Array): Promise<Uint8Array> {
  const reader = body.getReader({ mode: 'byob' });
  let piece = new Uint8Array(PIECE);
  let filled = 0;
  for (;;) {
    const { value, done } = await reader.read(piece);
    if (value !== undefined) {
      buffer.set(value, filled);
      filled += value.length;
      piece = new Uint8Array(value.buffer);
    }
    if (done) {
      return buffer.subarray(0, filled);
    }
  }
}
