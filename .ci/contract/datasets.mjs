// Datasets.
import assert from 'node:assert/strict';
import { check, get, mark, post, refused } from './server.mjs';

await check('a dataset can be added, found, and flagged', async () => {
  const id = `${mark}-a`;
  const added = await post('/datasets', { id, bucketKey: `${mark}/a.parquet` });
  assert.equal(added.status, 201, added.text);
  const dataset = { id, bucketKey: `${mark}/a.parquet`, compactionNeeded: false, lastCompactedAt: null, fileSizeBytes: null };
  assert.deepEqual(added.json, dataset);
  refused(await post('/datasets', { id, bucketKey: 'b' }), 409, 'Conflict', undefined, 'a dataset of this id exists');
  assert.deepEqual((await post(`/datasets/${id}/flag`)).json, { ...dataset, compactionNeeded: true });
  refused(await post('/datasets/none/flag'), 404, 'NotFound', undefined, 'there is no such dataset');
  refused(await post(`/datasets/${id}/flag`, { a: 1 }), 400, 'InvalidField', 'a', 'is unknown');
  refused(await post('/datasets', { id: 'x' }), 400, 'InvalidField', 'bucketKey', 'is required');
  const { json } = await get(`/datasets?flagged=true&limit=500`);
  assert.ok(json.datasets.some((one) => one.id === id));
});

await check('datasets are listed page by page', async () => {
  for (const name of ['p1', 'p2', 'p3']) {
    await post('/datasets', { id: `${mark}-${name}`, bucketKey: `${mark}/${name}` });
  }
  const first = (await get(`/datasets?limit=2&after=${mark}-p`)).json;
  assert.deepEqual(first.datasets.map((one) => one.id), [`${mark}-p1`, `${mark}-p2`]);
  assert.equal(first.after, `${mark}-p2`);
  refused(await get('/datasets?limit=0'), 400, 'InvalidQuery', 'limit', 'must be 1 to 500');
  refused(await get('/datasets?limit=x'), 400, 'InvalidQuery', 'limit', 'must be a number');
  refused(await get('/datasets?flagged=1'), 400, 'InvalidQuery', 'flagged', 'must be true or false');
  refused(await get('/datasets?what=1'), 400, 'InvalidQuery', 'what', 'is unknown; known are after, flagged, limit');
});
