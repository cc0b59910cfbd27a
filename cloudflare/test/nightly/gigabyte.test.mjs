// An object of 1 GB, 88 % of its bytes in healthy row groups, in a heap of 64 MB: what it asks of the bucket, and its array buffers.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { it } from 'node:test';
import { freePort } from '../../scripts/ports.mjs';
import { freshState, remove, start, withS3 } from '../harness.mjs';
import { mostBuffersWhile } from '../inspector.mjs';
import { RUNS, sketched } from '../sketched.mjs';

const MOST_BUFFERS = 48e6;
const MOST_READS = 15;
const LONGEST = 3_600_000;

it('a gigabyte fits a heap of 64 MB, and takes few requests', { timeout: LONGEST }, async () => {
  const { pieces, rows } = sketched();
  const bytes = Buffer.concat(pieces);
  assert.ok(bytes.length > 1e9 && bytes.length < 1.05e9, String(bytes.length));
  const state = freshState();
  const port = await freePort();
  writeFileSync(`${state}/wrangler.json`, JSON.stringify(withS3()));
  const server = await start(state, {
    port, inspector: true, config: `${state}/wrangler.json`, env: { MINIFLARE_WORKERD_V8_FLAGS: '--max-heap-size=64' },
    vars: { GLULAM_S3_URL: `http://127.0.0.1:${port}/cdn-cgi/local/r2/s3/glulam`, GLULAM_S3_ACCESS_KEY_ID: 'AK',
      GLULAM_S3_SECRET_ACCESS_KEY: 'SK', GLULAM_BACKUP: 'none' },
  });
  try {
    await server.putLarge('gigabyte', bytes);
    await server.post('/datasets', { id: 'gigabyte', bucketKey: 'gigabyte', compactionNeeded: true });
    const most = await mostBuffersWhile(server, () => server.compacted('gigabyte', {}, LONGEST));
    const { output } = await server.get('/status/gigabyte');
    const { traffic: { bytesDownloaded, bytesCopied, requests }, before, after } = output;
    console.log(JSON.stringify({ bytesDownloaded, bytesCopied, requests, before, after, most }));
    assert.equal(after.rows, rows);
    assert.ok(after.rowGroups < before.rowGroups);
    assert.ok(bytesCopied > 0.8 * 0.88 * bytes.length, String(bytesCopied));
    // What was merged is read back in windows of 8 MiB, the rest are reads of the source.
    const merged = after.bytes - bytesCopied;
    assert.ok(requests.GET <= MOST_READS + Math.ceil(merged / (8 << 20)) + 2 * RUNS * 2, JSON.stringify(requests));
    assert.ok(Math.max(...Object.values(most)) <= MOST_BUFFERS, JSON.stringify(most));
  } finally {
    await server.dev.stop();
    remove(state);
  }
});
