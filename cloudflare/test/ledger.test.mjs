// The ledger and the Workflows that it looks after.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, start } from './harness.mjs';

const state = freshState();
let server;

before(async () => {
  server = await start(state);
});

after(async () => {
  await server?.dev.stop();
  remove(state);
});

it('an instance ends once, also if the ledger asks how its Workflow is just then', async () => {
  const names = ['xlate-1x', 'xgone-1x'];
  const bytes = fragmented(2, 200);
  for (const name of names) {
    await server.addObject(name, bytes);
  }
  await server.post('/test/faults', names.map((mark) => ({ mark, request: 2, action: 'slow' })));
  await Promise.all(names.map((name) => server.begin(name)));
  const asked = () => Promise.all(names.map(async (name) => (await server.get(`/test/requests/${name}`)).length));
  while ((await asked()).some((count) => count < 2)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await server.post('/test/watch', {});
  for (const instance of await server.allEnded(names)) {
    // An instance that was begun again finds its dataset's flag cleared.
    assert.deepEqual([instance.status, instance.output?.published, instance.error], ['complete', true, null], instance.id);
  }
});
