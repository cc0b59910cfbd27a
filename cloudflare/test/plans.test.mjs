// Plans that are kept from POST /plan to POST /compact.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, rowsOf, start } from './harness.mjs';

const KEY = 'planned';
const bytes = fragmented(6, 2000);
const state = freshState();
let server;

before(async () => {
  server = await start(state);
  await server.addObject(KEY, bytes);
});

after(async () => {
  await server?.dev.stop();
  remove(state);
});

it('carries out the plan as it was answered, with the options that it was made with', async () => {
  const plain = await server.post('/plan', { bucketKey: KEY });
  const planned = await server.post('/plan', { bucketKey: KEY, options: { effort: 'copy', maxRows: 4000 } });
  assert.notEqual(planned.planHash, plain.planHash);
  assert.equal(planned.plan.rowGroups, 3);
  const { status, output, request, error } = await server.compacted(KEY, { planHash: planned.planHash });
  assert.equal(status, 'complete', JSON.stringify(error));
  assert.equal(output.planHash, planned.planHash);
  assert.deepEqual(output.plan, planned.plan);
  assert.equal(output.after.rowGroups, 3);
  assert.deepEqual(request.options, {});
  assert.deepEqual(await rowsOf(await server.object(KEY)), await rowsOf(bytes));
});

it('refuses it for another version of the object, without another try', async () => {
  await server.put(KEY, fragmented(5, 1000));
  const { planHash } = await server.post('/plan', { bucketKey: KEY });
  await server.put(KEY, fragmented(4, 1500));
  const { status, error, steps } = await server.compacted(KEY, { instanceId: 'late', force: true, planHash });
  assert.deepEqual([status, error], ['errored', {
    name: 'SourceChanged', message: 'the object is not the version that was planned',
    remedy: 'plan again, and use the new planHash',
  }]);
  assert.equal(steps.at(-1).attempts.length, 1);
});

it('refuses a kept plan that was damaged', async () => {
  const { planHash } = await server.post('/plan', { bucketKey: KEY });
  const kept = `.glulam/plans/${planHash}.json`;
  assert.ok((await server.leftovers()).includes(kept));
  await server.put(kept, Buffer.from('{}'));
  const { output, error } = await server.compacted(KEY, { instanceId: 'damaged', force: true, planHash });
  assert.deepEqual([output, error.name, error.message], [null, 'PlanMissing', 'the kept plan is damaged']);
});
