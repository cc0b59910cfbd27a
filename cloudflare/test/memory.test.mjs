// An object of 50 MB in a heap of 64 MB: of all JavaScript and WebAssembly in the process.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, start } from './harness.mjs';

it('a compaction fits a heap of 64 MB', async () => {
  const bytes = fragmented(36, 150_000);
  assert.ok(bytes.length > 50e6);
  const state = freshState();
  const server = await start(state, { env: { MINIFLARE_WORKERD_V8_FLAGS: '--max-heap-size=64' } });
  try {
    await server.addObject('large', bytes);
    await server.begin('large', { backup: 'none' });
    const phases = new Set();
    let instance;
    do {
      await new Promise((resolve) => setTimeout(resolve, 100));
      instance = await server.get('/status/large');
      phases.add(instance.progress?.phase);
    } while (instance.endedAt === null);
    assert.ok(phases.has('move'), 'other requests are answered meanwhile, with the progress');
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    assert.equal(instance.output.after.rows, 36 * 150_000);
    const { requests } = instance.output.traffic;
    const all = Object.values(requests).reduce((sum, count) => sum + count, 0);
    assert.ok(all <= 120, `${all} requests: ${JSON.stringify(requests)}`);
    const again = await server.post('/compact', { datasetId: 'large', force: true }).then(({ id }) => server.ended(id));
    assert.equal(again.output.nothingToDo, true);
  } finally {
    await server.dev.stop();
    remove(state);
  }
});
