// What instances did, told to Prometheus and to Workers Analytics Engine.
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

const metrics = async () => (await server.ask('/metrics')).text();

/** The value of a series; NaN if there is none. */
const valueIn = (text, series) => Number(text.split('\n').find((line) => line.startsWith(`${series} `))?.split(' ')[1]);

it('counts what its reports say, failed attempts apart', async () => {
  const name = 'xmetrics-1x';
  await server.addObject(name, fragmented(5, 2000));
  await server.post('/test/faults', [{ mark: name, request: 1, action: 'fail' }]);
  const { output, steps } = await server.compacted(name);
  const attempts = steps.flatMap((step) => step.attempts);
  assert.equal(attempts.filter(({ success }) => !success).length, 1);
  await server.compacted(name, { instanceId: 'again', force: true });

  const text = await metrics();
  const value = (series) => valueIn(text, series);
  assert.equal(value('glulam_instances{status="complete"}'), 2);
  assert.equal(value('glulam_instances_ended_total{status="complete"}'), 2);
  assert.equal(value('glulam_published_total'), 1);
  assert.equal(value('glulam_nothing_to_do_total'), 1);
  assert.equal(value('glulam_bytes_before_total'), output.before.bytes);
  assert.equal(value('glulam_bytes_after_total'), output.after.bytes);
  assert.equal(value('glulam_row_groups_after_total'), output.after.rowGroups);
  assert.equal(value('glulam_store_requests_total{kind="GET"}'), output.traffic.requests.GET);
  assert.equal(value('glulam_store_bytes_total{way="uploaded"}'), output.traffic.bytesUploaded);
  assert.equal(value('glulam_read_requests_total{read="fullScan",moment="after"}'), output.reads.after.fullScan.requests);
  assert.equal(value('glulam_saved_dollars_per_month'), output.saved.dollarsPerMonth);
  assert.equal(value('glulam_step_seconds_count{step="update-metadata",result="success"}'), 2);
  assert.equal([...text.matchAll(/^glulam_step_seconds_count\{.*result="failure"\} (\d+)$/gm)].reduce((sum, [, n]) => sum + Number(n), 0), 1);
  assert.equal(value('glulam_scan_requests_ratio_bucket{le="+Inf"}'), value('glulam_scan_requests_ratio_count'));
  assert.ok(!text.includes(name));
});

it('writes a data point of each instance, without keys and ids', async () => {
  await server.compacted('unknown', { bucketKey: 'unknown' });
  const points = await server.get('/test/points');
  assert.deepEqual(points.map(({ indexes, blobs }) => [...indexes, ...blobs]), [
    ['complete', 'complete', '', 'auto'], ['complete', 'complete', '', 'auto'], ['errored', 'errored', 'DatasetNotFound', 'auto'],
  ]);
  assert.ok(points.every(({ doubles }) => doubles.length === 9 && doubles.every(Number.isFinite)));
  assert.ok(points[0].doubles[3] > points[0].doubles[4], 'fewer row groups');
});
