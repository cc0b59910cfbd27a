// How much memory the isolate has in array buffers, garbage included, while it compacts 89 MB of fragments and while it merges
// 24 objects: asked by its inspector, in a heap of 64 MB.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fragmented } from '../../scripts/fragmented.mjs';
import { freshState, remove, start } from '../harness.mjs';
import { mostBuffersWhile } from '../inspector.mjs';

/** The arena, a part of the upload, and windows beside. */
const MOST = 48e6;

describe('Array buffers', () => {
  let state;
  let server;

  before(async () => {
    state = freshState();
    server = await start(state, { inspector: true, env: { MINIFLARE_WORKERD_V8_FLAGS: '--max-heap-size=64' } });
  });

  after(async () => {
    await server?.dev.stop();
    remove(state);
  });

  it('are bounded while an object is compacted', async () => {
    await server.addObject('large', fragmented(62, 150_000));
    const most = await mostBuffersWhile(server, () => server.compacted('large', { backup: 'none' }));
    assert.ok(Math.max(...Object.values(most)) <= MOST, JSON.stringify(most));
  });

  it('are bounded while objects are merged', async () => {
    for (let i = 0; i < 24; i++) {
      await server.put(`many/part-${i}.parquet`, fragmented(2, 60_000, i));
    }
    const most = await mostBuffersWhile(server, async () => {
      const { id } = await server.post('/compact', { prefix: 'many/', target: 'all.parquet' });
      return server.ended(id);
    });
    assert.ok(Math.max(...Object.values(most)) <= MOST, JSON.stringify(most));
  });
});
