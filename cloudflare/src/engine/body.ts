const PIECE = 256 << 10;

/** The memory that the last body came in, for the next one: V8 collects buffers late, and an isolate has 128 MB. */
let spare = new Uint8Array();

function takePiece(): Uint8Array<ArrayBuffer> {
  const piece = spare.length === PIECE ? spare : new Uint8Array(PIECE);
  spare = new Uint8Array();
  return piece;
}

/** @param piece empty where a reader that failed has kept its memory */
function givePiece(piece: Uint8Array<ArrayBuffer>): void {
  spare = piece;
}

/** A body's bytes as they come, in one piece of memory that is used again: each is valid until the next one is asked for. */
export async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader({ mode: 'byob' });
  let piece = takePiece();
  try {
    for (;;) {
      const { value, done } = await reader.read(piece);
      if (value !== undefined) {
        piece = new Uint8Array(value.buffer);
        if (value.length > 0) {
          yield value;
        }
      }
      if (done) {
        return;
      }
    }
  } finally {
    givePiece(piece);
    // Of a body that was read to its end nothing is left; one that is not wanted any more is not waited for.
    reader.cancel().catch(() => undefined);
  }
}

/** Reads a body into a buffer of its length, and returns what of it was filled. The pieces come in memory that is used again. */
export async function readInto(body: ReadableStream<Uint8Array>, buffer: Uint8Array): Promise<Uint8Array> {
  const reader = body.getReader({ mode: 'byob' });
  let piece = takePiece();
  let filled = 0;
  for (;;) {
    const { value, done } = await reader.read(piece);
    if (value !== undefined) {
      buffer.set(value, filled);
      filled += value.length;
      piece = new Uint8Array(value.buffer);
    }
    if (done) {
      givePiece(piece);
      return buffer.subarray(0, filled);
    }
  }
}
