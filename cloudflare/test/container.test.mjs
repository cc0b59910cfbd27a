// What the isolate cannot hold goes to `glulam serve`.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fragmented } from '../scripts/fragmented.mjs';
import { Contained, putTable } from './container.mjs';
import { rowsOf } from './harness.mjs';

const contained = new Contained();
const { asked } = contained;
let server;

before(async () => {
  await contained.start();
  ({ server } = contained);
});

after(() => contained.stop());

async function sameRows(key, bytes) {
  assert.deepEqual(await rowsOf(await server.object(key)), await rowsOf(bytes));
}

test('an object is compacted in the container and published by the Worker', { timeout: 300_000 }, async () => {
  const bytes = fragmented(8, 2000, 1);
  await server.addObject('chosen.parquet', bytes);
  const instance = await server.compacted('chosen.parquet', { engine: 'container', instanceId: 'chosen' });
  assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
  assert.ok(instance.output.published && instance.output.after.rowGroups < 8);
  assert.equal(instance.output.planHash.length, 64);
  await sameRows('chosen.parquet', bytes);
  assert.deepEqual(await server.leftovers(), []);
  assert.equal((await server.dataset('chosen.parquet')).compactionNeeded, false);
});

test('what the isolate does not do goes there by itself, unless the request says otherwise', { timeout: 300_000 }, async () => {
  // A file with an encrypted footer: both refuse it, so that its trace shows.
  const bytes = Buffer.concat([Buffer.from('PARE'), Buffer.alloc(64), Buffer.from([48, 0, 0, 0]), Buffer.from('PARE')]);
  await server.addObject('encrypted.parquet', bytes);
  const inside = await server.compacted('encrypted.parquet', { engine: 'wasm', instanceId: 'inside' });
  assert.deepEqual([inside.error?.name, asked.has('encrypted.parquet')], ['Unsupported', false]);
  const outside = await server.compacted('encrypted.parquet', { instanceId: 'outside' });
  assert.deepEqual([outside.error?.name, asked.has('encrypted.parquet')], ['Unsupported', true]);
});

test('what the isolate does stays there', { timeout: 300_000 }, async () => {
  await server.addObject('small.parquet', fragmented(5, 2000, 6));
  const instance = await server.compacted('small.parquet', { instanceId: 'small' });
  assert.deepEqual([instance.status, asked.has('small.parquet')], ['complete', false]);
});

test('a healthy object ends after its footer there, too', { timeout: 300_000 }, async () => {
  await server.addObject('healthy.parquet', fragmented(1, 2000, 3));
  const instance = await server.compacted('healthy.parquet', { engine: 'container', instanceId: 'healthy' });
  assert.equal(instance.output?.nothingToDo, true, JSON.stringify(instance.error));
});

test('a refusal of the container is the refusal of the instance', { timeout: 300_000 }, async () => {
  await server.addObject('text.parquet', 'no Parquet at all');
  const instance = await server.compacted('text.parquet', { engine: 'container', instanceId: 'text' });
  assert.equal(instance.error?.name, 'CorruptFile');
});

test('a table is compacted and committed by the container; the instance and the dataset are the Worker\'s', { timeout: 300_000 }, async () => {
  await putTable(server, 'sales', 5);
  const table = 'delta:sales';
  assert.equal((await server.get('/capabilities')).tables, true);
  const unknown = await fetch(`${server.url}/compact`, { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ table: 'iceberg:nowhere.db.events' }) });
  assert.deepEqual([unknown.status, (await unknown.json()).error.field], [400, 'table']);
  const dataset = await server.post('/datasets', { id: 'sales', table, compactionNeeded: true });
  assert.deepEqual(dataset, { id: 'sales', bucketKey: table, compactionNeeded: true, lastCompactedAt: null, fileSizeBytes: null });
  const plan = await server.post('/plan', { datasetId: 'sales' });
  assert.equal(plan.datasetId, 'sales');
  const refused = await server.post('/compact', { datasetId: 'sales' }).then(({ id }) => server.ended(id));
  assert.match(refused.error.message, /Delta's default writers for S3/);
  const { id } = await server.post('/compact', { table, datasetId: 'sales', tableOptions: { 'single-writer': true } });
  const instance = await server.ended(id);
  assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
  assert.deepEqual([instance.bucketKey, instance.datasetId, instance.output.published, instance.output.flagKept],
    [table, 'sales', true, false]);
  const { compactionNeeded, lastCompactedAt } = await server.dataset('sales');
  assert.deepEqual([compactionNeeded, lastCompactedAt], [false, instance.output.publishedAt]);
  const commit = String(await server.object('sales/_delta_log/00000000000000000001.json')).trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(commit.filter(({ remove: removed }) => removed !== undefined).length, 5);
  const [{ add: { path } }] = commit.filter(({ add }) => add !== undefined);
  const rows = [];
  for (let i = 0; i < 5; i++) {
    rows.push(...await rowsOf(await server.object(`sales/part-${i}.parquet`), ['id']));
  }
  const byId = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  assert.deepEqual((await rowsOf(await server.object(`sales/${path}`), ['id'])).sort(byId), rows.sort(byId));
  const again = await server.post('/compact', { datasetId: 'sales' }).then(({ id: second }) => server.ended(second));
  assert.equal(again.output.skipped, true);
});

test('a container that dies begins again and the instance completes', { timeout: 300_000 }, async () => {
  const bytes = fragmented(40, 30_000, 4);
  await server.addObject('killed.parquet', bytes);
  const { id } = await server.post('/compact', { datasetId: 'killed.parquet', engine: 'container' });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await contained.replaceServe();
  const instance = await server.ended(id);
  assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
  await sameRows('killed.parquet', bytes);
  assert.deepEqual(await server.leftovers(), []);
});
