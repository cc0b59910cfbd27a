// Compactions: how the server reports them by status, lists and events.
import assert from 'node:assert/strict';
import { check, compacted, ended, get, INSTANCE, key, mark, post, refused, STEPS } from './server.mjs';

export const id = `${mark}-1`;
/** The first one, once it has ended. */
export let complete;
await check('an object is compacted, its dataset updated', async () => {
  await post('/datasets', { id: mark, bucketKey: key, compactionNeeded: true });
  complete = await compacted({ datasetId: mark, bucketKey: key, instanceId: id });
  assert.equal(complete.status, 'complete', JSON.stringify(complete.error));
  assert.deepEqual(Object.keys(complete), INSTANCE);
  assert.equal(complete.id, id);
  assert.equal(complete.error, null);
  assert.equal(complete.progress, null);
  assert.deepEqual(complete.request, { force: false, options: {}, publish: 'in-place', backup: '7d' });
  assert.deepEqual(complete.callbacks, []);
});

await check('its output says what came of it', async () => {
  const { output } = complete;
  for (const field of ['skipped', 'before', 'picture', 'reads', 'bucketKey', 'planHash', 'nothingToDo', 'plan', 'published',
    'publishedAt', 'sourceVersion', 'version', 'size', 'backupKey', 'backupUntil', 'bytesRead', 'bytesWritten', 'dropped', 'after',
    'saved', 'flagKept', 'fileSizeBytes', 'lastCompactedAt']) {
    assert.ok(output[field] !== undefined, field);
  }
  assert.equal(output.skipped, false);
  assert.equal(output.published, true);
  assert.equal(output.flagKept, false);
  assert.ok(output.after.rowGroups < output.before.rowGroups);
  assert.equal(output.after.rows, output.before.rows);
  assert.equal(output.after.bytes, output.fileSizeBytes);
  assert.deepEqual(Object.keys(output.saved), ['dollarsPerMonth', 'readsPerMonth', 'perMillionReads', 'perGigabyteMonth']);
  const { json } = await get(`/datasets?limit=1&after=${mark.slice(0, -1)}`);
  assert.deepEqual(json.datasets[0], { id: mark, bucketKey: key, compactionNeeded: false,
    lastCompactedAt: output.lastCompactedAt, fileSizeBytes: output.fileSizeBytes });
});

await check('its steps tell their attempts', async () => {
  const names = complete.steps.map((step) => step.name);
  assert.deepEqual(names.filter((name) => STEPS.includes(name)), STEPS);
  for (const step of complete.steps) {
    assert.deepEqual(Object.keys(step), ['name', 'start', 'end', 'success', 'output', 'attempts']);
    assert.equal(step.success, true);
    assert.deepEqual(Object.keys(step.attempts[0]), ['start', 'end', 'success', 'error']);
  }
});

await check('what is not flagged is skipped; what is healthy stays as it is', async () => {
  const skipped = await compacted({ datasetId: mark });
  assert.equal(skipped.status, 'complete');
  assert.deepEqual(skipped.output, { skipped: true,
    reason: 'the dataset is not flagged compaction_needed; send "force": true to compact it anyway' });
  const { output } = await compacted({ datasetId: mark, force: true });
  assert.equal(output.nothingToDo, true);
  assert.equal(output.published, false);
  assert.equal(output.reason, 'nothing would be gained by compacting it');
  assert.equal(output.version, complete.output.version);
});

await check('ids and keys that contradict what is there are conflicts', async () => {
  refused(await post('/compact', { datasetId: mark, instanceId: id }), 409, 'Conflict', undefined, 'an instance of this id exists');
  refused(await post('/compact', { datasetId: mark, bucketKey: 'another.parquet' }), 409, 'Conflict', undefined,
    'the catalog has another key for this dataset; leave bucketKey out');
});

await check('an instance that cannot be carried out says why', async () => {
  const unknown = await compacted({ datasetId: `${mark}-none`, bucketKey: key });
  assert.equal(unknown.status, 'errored');
  assert.deepEqual(unknown.error, { name: 'DatasetNotFound', message: `the catalog has no dataset ${mark}-none`,
    remedy: 'check the id, or add the dataset' });
  assert.equal(unknown.output, null);
  assert.equal(unknown.steps.at(-1).attempts.length, 1);
  const lost = await compacted({ datasetId: `${mark}-a` });
  assert.equal(lost.status, 'errored');
  assert.equal(lost.error.name, 'StorageFailed');
});

await check('an instance that has ended can only be restarted', async () => {
  for (const action of ['pause', 'resume', 'terminate']) {
    refused(await post(`/instances/${id}/${action}`), 409, 'Conflict', undefined,
      'it is complete already; restart it to run it again');
    refused(await post(`/instances/none/${action}`), 404, 'NotFound', undefined, 'there is no such instance');
  }
  const restarted = await post(`/instances/${id}/restart`);
  assert.equal(restarted.status, 200, restarted.text);
  assert.equal(restarted.json.id, id);
  const again = await ended(id);
  assert.equal(again.output.skipped, true);
});

await check('instances are listed, the newest first', async () => {
  const { json } = await get(`/instances?datasetId=${mark}&limit=2`);
  assert.deepEqual(Object.keys(json), ['instances', 'before', 'beforeId', 'counts']);
  assert.equal(json.instances.length, 2);
  assert.ok(json.instances[0].createdAt >= json.instances[1].createdAt);
  assert.deepEqual(Object.keys(json.instances[0]), ['id', 'datasetId', 'bucketKey', 'status', 'createdAt', 'updatedAt', 'endedAt',
    'progress', 'error', 'summary']);
  const next = (await get(`/instances?datasetId=${mark}&limit=2&before=${json.before}&beforeId=${json.beforeId}`)).json;
  assert.equal(next.instances.length, 1);
  assert.equal(next.before, null);
  assert.ok(json.counts.complete >= 3);
  refused(await get('/instances?status=lost'), 400, 'InvalidQuery', 'status', 'is no status of instances');
  refused(await get('/instances?before=yesterday'), 400, 'InvalidQuery', 'before', 'must be a time like 2026-01-31T12:00:00Z');
  refused(await get('/instances?what=1'), 400, 'InvalidQuery', 'what',
    'is unknown; known are status, datasetId, before, beforeId, limit');
  refused(await get('/status/none'), 404, 'NotFound', undefined, 'there is no such instance');
});

await check('events tell the status until the instance has ended', async () => {
  const answer = await get(`/instances/${id}/events`);
  assert.ok(answer.headers.get('Content-Type').startsWith('text/event-stream'));
  const [event] = answer.text.split('\n\n');
  assert.ok(event.startsWith('event: status\ndata: '));
  assert.equal(JSON.parse(event.slice(event.indexOf('data: ') + 6)).status, 'complete');
  refused(await get('/instances/none/events'), 404, 'NotFound', undefined, 'there is no such instance');
});
