// Footers that are longer than is held of one, in a heap of 64 MB: what the Worker asks of the bucket, and its processor time.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { it } from 'node:test';
import { workerdDuring } from '../../bench/processes.mjs';
import { freshState, remove, rowsOf, start } from '../harness.mjs';
import { mostBuffersWhile } from '../inspector.mjs';
import { longFooter, nameOf } from '../long-footers.mjs';

const ROWS = 20;
const LONGEST = 3_600_000;

it('a footer of 10 MB takes few requests in workerd', { timeout: LONGEST }, async () => {
  const rowGroups = 242;
  const nameLength = 1000;
  const bytes = longFooter(rowGroups, 40, nameLength, ROWS);
  const footer = bytes.readUInt32LE(bytes.length - 8);
  assert.ok(footer >= 10e6, String(footer));
  const state = freshState();
  const server = await start(state, { inspector: true, env: { MINIFLARE_WORKERD_V8_FLAGS: '--max-heap-size=64' } });
  try {
    await server.putLarge('long', bytes);
    await server.post('/datasets', { id: 'long', bucketKey: 'long', compactionNeeded: true });
    const { result: most, engine, wall } = await workerdDuring(server.dev.group, () =>
      mostBuffersWhile(server, () => server.compacted('long', { backup: 'none' }, LONGEST)));
    const { output: { traffic, after } } = await server.get('/status/long');
    console.log(JSON.stringify({ footer, traffic, after, most, engine, wall }));
    assert.equal(after.rows, rowGroups * ROWS);
    assert.equal(after.rowGroups, 1);
    const column = nameOf('id', nameLength);
    const rows = (await rowsOf(await server.object('long'), [column])).map((row) => Number(row[column]));
    assert.deepEqual(rows, Array.from({ length: rowGroups * ROWS }, (_, row) => row % ROWS));
    const requests = Object.values(traffic.requests).reduce((sum, count) => sum + count, 0);
    assert.ok(requests <= 20, JSON.stringify(traffic.requests));
    assert.ok(Math.max(...Object.values(most)) <= 48e6, JSON.stringify(most));
  } finally {
    await server.dev.stop();
    remove(state);
  }
});

// Locally workerd holds the bucket, too, and would send gigabytes to itself.
it('a footer of 100 MB fits, and takes a tenth of the requests that an invocation may make, counted in Node', { timeout: LONGEST }, () => {
  const script = new URL('../long-footer.mjs', import.meta.url).pathname;
  const printed = execFileSync('node', ['--max-heap-size=64', script, 1000, 100, 950, ROWS].map(String), { encoding: 'utf8' });
  console.log(printed.trim());
  const { footer, requests, rowGroups } = JSON.parse(printed);
  assert.ok(footer >= 98e6, String(footer));
  assert.equal(rowGroups, 1);
  const all = Object.values(requests).reduce((sum, count) => sum + count, 0);
  assert.ok(all <= 1000, JSON.stringify(requests));
});
