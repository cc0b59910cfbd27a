// What one request does not take: here more than 5.5 MB, so that the test's objects do.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { fragmented } from '../../scripts/fragmented.mjs';
import { freshState, remove, rowsOf, start } from '../harness.mjs';

const state = freshState();
const bytes = fragmented(12, 65_000);
let server;

before(async () => {
  assert.ok(bytes.length > 7e6);
  server = await start(state, { vars: { TEST_ONE_PUT: '5500000', GLULAM_BACKUP: 'none', GLULAM_GRACE: '7d' } });
});

after(async () => {
  await server?.dev.stop();
  remove(state);
});

it('is refused in place, with the remedy', async () => {
  await server.addObject('place', bytes);
  const { error, steps } = await server.compacted('place');
  assert.deepEqual(error, {
    name: 'Unsupported',
    message: `place: ${bytes.length} bytes are more than the 5500000 that one request replaces`,
    remedy: 'ask with "publish": "new-key", or compact it with glulam serve',
  });
  assert.equal(steps.at(-1).name, 'get-file-metadata');
  assert.deepEqual(await server.object('place'), bytes);
});

it('goes to a new key in parts, also if one fails, or the last answer is lost', async () => {
  await server.addObject('xparts-0x', bytes);
  const plain = await server.compacted('xparts-0x', { publish: 'new-key' });
  assert.equal(plain.status, 'complete', JSON.stringify(plain.error));
  const { bucketKey, after, planHash } = plain.output;
  assert.notEqual(bucketKey, 'xparts-0x');
  assert.ok(after.bytes > 5.5e6);
  const made = await server.object(bucketKey);
  assert.deepEqual(await rowsOf(made, ['at']), await rowsOf(bytes, ['at']));
  assert.equal((await server.dataset('xparts-0x')).bucketKey, bucketKey);
  const { headers } = await server.ask(`/test/objects/${encodeURIComponent(bucketKey)}`);
  assert.equal(JSON.parse(headers.get('X-Metadata'))['glulam-plan'], planHash);

  const requests = await server.get('/test/requests/xparts-0x');
  const first = requests.lastIndexOf('createMultipartUpload') + 1;
  const last = requests.lastIndexOf('complete') + 1;
  assert.ok(requests.slice(first, last).filter((name) => name === 'uploadPart').length >= 2, requests.join());
  const faults = [['fail', first + 1], ['lose', last]]
    .map(([action, request]) => ({ mark: `x${action}-${request}x`, request, action }));
  for (const { mark } of faults) {
    await server.addObject(mark, bytes);
  }
  await server.ask('/test/faults', { method: 'POST', body: JSON.stringify(faults) });
  for (const { mark } of faults) {
    const { status, output, error } = await server.compacted(mark, { publish: 'new-key' });
    assert.equal(status, 'complete', `${mark}: ${JSON.stringify(error)}`);
    assert.ok((await server.object(output.bucketKey)).equals(made), mark);
    assert.equal((await server.dataset(mark)).bucketKey, output.bucketKey);
  }
  assert.deepEqual(await server.leftovers(), []);
});
