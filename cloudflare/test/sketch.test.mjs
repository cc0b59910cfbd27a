// The sketch's own example on the Worker, by the two calls that the sketch ends with: docs/from-sketch-to-system.md.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { parquetMetadata } from 'hyparquet';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, rowsOf, start } from './harness.mjs';

/** Row groups of 1.5, 1.2, 5.0 and 0.8 MB: a row takes some ten bytes. */
const ROWS = [153_000, 122_000, 510_000, 82_000];
const SIZES = [1.5, 1.2, 5.0, 0.8];
const KEY = 'path/to/xsketch-1x.parquet';
const state = freshState();
let server;

before(async () => {
  server = await start(state);
});

after(async () => {
  await server?.dev.stop();
  remove(state);
});

const groupsOf = (bytes) => parquetMetadata(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)).row_groups;
const megabytes = (group) => Number(group.total_compressed_size) / 1e6;
const near = (found, expected) => assert.ok(Math.abs(found - expected) < 0.1 * expected, `${found} MB, expected ${expected}`);

it('the healthy row group stays, the fragments become one after it, and the row tells so', async () => {
  const bytes = fragmented(ROWS.length, ROWS);
  groupsOf(bytes).forEach((group, i) => near(megabytes(group), SIZES[i]));
  await server.put(KEY, bytes);
  await server.post('/datasets', { id: 'uuid', bucketKey: KEY, compactionNeeded: true });

  const { id } = await server.post('/compact', { datasetId: 'uuid', bucketKey: KEY, options: { order: 'healthy-first', effort: 'copy' } });
  const { status, output, steps, error } = await server.ended(id);

  assert.equal(status, 'complete', JSON.stringify(error));
  assert.deepEqual(steps.map(({ name }) => name),
    ['validate-dataset', 'get-file-metadata', 'analyze-and-compact', 'publish', 'update-metadata', 'clean-up']);
  assert.deepEqual([output.before.rowGroups, output.before.fragments, output.after.rowGroups], [4, 3, 2]);
  const made = await server.object(KEY);
  const [healthy, merged] = groupsOf(made);
  near(megabytes(healthy), 5.0);
  near(megabytes(merged), 3.5);
  const ids = async (object) => (await rowsOf(object, ['id'])).map((row) => row.id);
  const from = ROWS[0] + ROWS[1];
  const to = from + ROWS[2];
  const before = await ids(bytes);
  assert.deepEqual(await ids(made), [...before.slice(from, to), ...before.slice(0, from), ...before.slice(to)]);

  const dataset = await server.dataset('uuid');
  assert.deepEqual(dataset, { id: 'uuid', bucketKey: KEY, compactionNeeded: false, lastCompactedAt: output.publishedAt,
    fileSizeBytes: made.length });
  // Metrics of sizes, of reads and of cost.
  assert.ok(output.after.bytes === made.length && output.reads.after.fullScan.requests <= output.reads.before.fullScan.requests);
  assert.equal(typeof output.saved.dollarsPerMonth, 'number');
});

it('size and version come by head, the footer by range from the end, and nothing is read whole', async () => {
  const requests = await server.get('/test/requests/xsketch-1x');
  assert.ok(requests.indexOf('head') < requests.indexOf('get'), requests.join());
  const { reads } = await server.get('/test/moved/xsketch-1x');
  const source = reads.filter(({ key }) => key === KEY);
  const { output } = await server.get('/status/' + (await server.get('/instances?limit=1')).instances[0].id);
  assert.equal(source[0].offset + source[0].length, output.before.bytes);
  assert.ok(source[0].length <= 512 << 10, JSON.stringify(source));
});

it('the threshold grows with the object, where that is asked for', async () => {
  const key = 'adaptive.parquet';
  await server.put(key, fragmented(ROWS.length, ROWS));
  const plan = (threshold) => server.post('/plan', { bucketKey: key, options: { threshold } });
  assert.equal((await plan('auto')).before.fragments, 1);
  assert.equal((await plan('2MB')).before.fragments, 3);
  assert.equal((await plan('10MB')).before.fragments, 4);
});
