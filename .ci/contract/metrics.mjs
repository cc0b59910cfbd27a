// Metrics.
import assert from 'node:assert/strict';
import { complete } from './instances.mjs';
import { capabilities, check, get, mark } from './server.mjs';

const METRICS = [['glulam_bytes_after_total', 'counter'], ['glulam_bytes_before_total', 'counter'],
  ['glulam_bytes_read_total', 'counter'], ['glulam_instances', 'gauge'], ['glulam_instances_ended_total', 'counter'],
  ['glulam_nothing_to_do_total', 'counter'], ['glulam_published_total', 'counter'], ['glulam_read_bytes_total', 'counter'],
  ['glulam_read_requests_total', 'counter'], ['glulam_row_groups_after_total', 'counter'],
  ['glulam_row_groups_before_total', 'counter'], ['glulam_saved_dollars_per_month', 'gauge'],
  ['glulam_scan_requests_ratio', 'histogram'], ['glulam_step_seconds', 'histogram']];

if (capabilities.metrics) {
  await check('metrics count what instances did', async () => {
    const answer = await get('/metrics');
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.headers.get('Content-Type'), /^text\/plain; *version=0\.0\.4/);
    for (const [name, kind] of METRICS) {
      assert.match(answer.text, new RegExp(`^# TYPE ${name} ${kind}$`, 'm'), name);
    }
    const value = (series) => Number(answer.text.split('\n').find((line) => line.startsWith(`${series} `))?.split(' ').at(-1));
    assert.ok(value('glulam_published_total') >= 1);
    assert.ok(value('glulam_nothing_to_do_total') >= 1);
    assert.ok(value('glulam_instances_ended_total{status="complete"}') >= 3);
    assert.ok(value('glulam_instances_ended_total{status="errored"}') >= 2);
    assert.ok(value('glulam_instances{status="complete"}') >= 3);
    assert.equal(value('glulam_instances{status="running"}'), 0);
    assert.ok(value('glulam_row_groups_before_total') > value('glulam_row_groups_after_total'));
    assert.ok(value('glulam_bytes_before_total') >= complete.output.before.bytes);
    assert.ok(value('glulam_scan_requests_ratio_bucket{le="1.0"}') >= 1);
    assert.ok(answer.text.includes('step="validate-dataset"') && !answer.text.includes(mark));
  });
}
