// Bodies that the bucket sends, in Node: through how much memory they come.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { piecesOf, readInto } from '../src/engine/body.ts';

const LENGTH = 600_000;
const BODIES = 100;
/** Far less than a piece for each body. */
const MOST = 4 << 20;

function bodyOf(length) {
  let at = 0;
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const { view } = controller.byobRequest;
      const count = Math.min(view.byteLength, length - at);
      new Uint8Array(view.buffer, view.byteOffset, count).fill(++at % 251);
      at += count - 1;
      controller.byobRequest.respond(count);
      if (at === length) {
        controller.close();
      }
    },
  });
}

it('many bodies come through one piece of memory', async () => {
  const buffer = new Uint8Array(LENGTH);
  await readInto(bodyOf(LENGTH), buffer);
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  for (let i = 0; i < BODIES; i++) {
    assert.equal((await readInto(bodyOf(LENGTH), buffer)).length, LENGTH);
    let length = 0;
    for await (const piece of piecesOf(bodyOf(LENGTH))) {
      length += piece.length;
    }
    assert.equal(length, LENGTH);
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  assert.ok(most <= MOST, String(most));
});

it('two bodies that are read at once keep their own bytes', async () => {
  const first = new Uint8Array(LENGTH);
  const second = new Uint8Array(LENGTH);
  await Promise.all([readInto(bodyOf(LENGTH), first), readInto(bodyOf(LENGTH), second)]);
  const pieces = piecesOf(bodyOf(LENGTH));
  const { value } = await pieces.next();
  const held = value.slice();
  await readInto(bodyOf(1000), new Uint8Array(1000));
  assert.deepEqual(value, held);
  await pieces.return();
  assert.deepEqual(second, first);
});
