// An instance that is paused while a step is under way goes on to the end of that step and no farther.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { fragmented } from '../../scripts/fragmented.mjs';
import { freshState, remove, start } from '../harness.mjs';

const state = freshState();
let server;

before(async () => {
  server = await start(state);
});

after(async () => {
  await server?.dev.stop();
  remove(state);
});

async function until(id, holds) {
  for (let tries = 0; tries < 300; tries++) {
    const instance = await server.get(`/status/${id}`);
    if (holds(instance)) {
      return instance;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it does not come so far: ${JSON.stringify(await server.get(`/status/${id}`))}`);
}

const ended = (name) => ({ steps }) => steps.some((step) => step.name === name && step.end !== null);

it('a pause begins after the step under way', async () => {
  const name = 'xpause-1x';
  await server.addObject(name, fragmented(3, 200));
  // The first request that concerns the object is that for the dataset, the second one for its size.
  await server.ask('/test/faults', { method: 'POST', body: JSON.stringify([{ mark: name, request: 2, action: 'slow' }]) });
  await server.begin(name);
  await until(name, ended('validate-dataset'));
  const asked = await server.post(`/instances/${name}/pause`, {});
  assert.equal(asked.status, 'waitingForPause');
  const paused = await until(name, ({ status }) => status === 'paused');
  assert.ok(ended('get-file-metadata')(paused), 'the step under way ends');
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const still = await server.get(`/status/${name}`);
  assert.equal(still.status, 'paused');
  assert.equal(still.steps.length, 2, 'no other step begins');
  await server.post(`/instances/${name}/resume`, {});
  const complete = await server.ended(name);
  assert.equal(complete.status, 'complete', JSON.stringify(complete.error));
  assert.deepEqual(complete.steps.map(({ attempts }) => attempts.length), complete.steps.map(() => 1), 'no step runs twice');
});

it('an instance that is paused in a step can be terminated', async () => {
  const name = 'xpause-2x';
  const bytes = fragmented(3, 200);
  await server.addObject(name, bytes);
  await server.ask('/test/faults', { method: 'POST', body: JSON.stringify([{ mark: name, request: 2, action: 'slow' }]) });
  await server.begin(name);
  await until(name, ended('validate-dataset'));
  await server.post(`/instances/${name}/pause`, {});
  await until(name, ({ status }) => status === 'paused');
  await server.post(`/instances/${name}/terminate`, {});
  assert.equal((await server.ended(name)).status, 'terminated');
  assert.deepEqual(await server.object(name), bytes);
});
