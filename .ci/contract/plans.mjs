// Plans.
import assert from 'node:assert/strict';
import { check, key, mark, post, refused } from './server.mjs';

await check('a plan tells what a compaction would do', async () => {
  const { status, json, text } = await post('/plan', { bucketKey: key });
  assert.equal(status, 200, text);
  assert.deepEqual(Object.keys(json).sort(),
    ['before', 'bucketKey', 'datasetId', 'nothingToDo', 'picture', 'plan', 'planHash', 'reads']);
  assert.deepEqual(Object.keys(json.before), ['bytes', 'rows', 'rowGroups', 'fragments']);
  assert.deepEqual(Object.keys(json.plan), ['rowGroups', 'expectedBytes', 'bytesKept', 'bytesMoved', 'bytesRemapped',
    'bytesCoalesced', 'bytesRecoded']);
  assert.deepEqual(Object.keys(json.reads.before), ['fullScan', 'oneColumn', 'pointLookup']);
  assert.match(json.planHash, /^[0-9a-f]{64}$/);
  assert.equal(json.nothingToDo, false);
  assert.ok(json.before.fragments > 1);
  assert.ok(json.plan.rowGroups < json.before.rowGroups);
});

await check('what cannot be planned is told by its status', async () => {
  refused(await post('/plan', {}), 400, 'InvalidField', 'bucketKey', 'is required, or datasetId');
  refused(await post('/plan', { datasetId: 'none' }), 404, 'NotFound', undefined,
    'there is no such dataset, or its key is unknown');
  refused(await post('/plan', { bucketKey: `${mark}/none.parquet` }), 404, 'StorageFailed');
});
