// Healthy row groups that the store copies by itself: here the local bucket's S3 side, behind a door that can fail.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { after, before, it } from 'node:test';
import { fragmented } from '../../scripts/fragmented.mjs';
import { freshState, remove, start, withS3 } from '../harness.mjs';

const PART = 5 << 20;
const state = freshState();
/** A healthy row group of some 20 MB between fragments. */
const bytes = fragmented(6, [20_000, 20_000, 20_000, 2_200_000, 20_000, 20_000]);
/** What happens to the next requests: a status to answer with, or work to be done before. */
const next = [];
let asked = 0;
let door;
let s3;
let server;

before(async () => {
  door = http.createServer(async (request, response) => {
    asked++;
    const what = next.shift();
    if (typeof what === 'number') {
      response.writeHead(what).end('<Error><Code>InternalError</Code></Error>');
      return;
    }
    await what?.();
    // With its Host: that is signed.
    request.pipe(http.request({ host: '127.0.0.1', port: new URL(server.url).port, path: request.url, method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    }));
  });
  await new Promise((resolve) => door.listen(0, '127.0.0.1', resolve));
  s3 = {
    GLULAM_S3_URL: `http://127.0.0.1:${door.address().port}/cdn-cgi/local/r2/s3/glulam`,
    GLULAM_S3_ACCESS_KEY_ID: 'AK', GLULAM_S3_SECRET_ACCESS_KEY: 'SK', GLULAM_BACKUP: 'none',
  };
  writeFileSync(`${state}/wrangler.json`, JSON.stringify(withS3()));
  await restart({ GLULAM_BACKUP: 'none' });
});

after(async () => {
  await server?.dev.stop();
  door?.close();
  remove(state);
});

async function restart(vars) {
  await server?.dev.stop();
  server = await start(state, { config: `${state}/wrangler.json`, vars });
}

async function compacted(name, instanceId = name) {
  const { status, output, error } = await server.compacted(name, { instanceId, force: true });
  assert.equal(status, 'complete', JSON.stringify(error));
  return output;
}

it('gives the same bytes as without them, and reads what is merged', async () => {
  await server.addObject('plain', bytes);
  const plain = await compacted('plain');
  assert.equal(asked, 0);
  assert.equal(plain.traffic.bytesCopied, 0);
  assert.ok(plain.after.rowGroups < plain.before.rowGroups);

  await restart(s3);
  await server.addObject('key with spaces+äöü', bytes);
  const { traffic } = await compacted('key with spaces+äöü', 'copied');
  assert.ok((await server.object('key with spaces+äöü')).equals(await server.object('plain')));
  assert.equal(traffic.bytesCopied, asked * PART);
  assert.equal(traffic.requests.COPY_PART, asked);
  assert.ok(asked >= 1);
  assert.ok(traffic.bytesDownloaded <= plain.traffic.bytesDownloaded - traffic.bytesCopied, JSON.stringify([plain.traffic, traffic]));
  assert.deepEqual(await server.leftovers(), []);
});

it('tries again what the store has failed to do', async () => {
  await server.addObject('again', bytes);
  next.push(500, 503);
  const { traffic } = await compacted('again');
  assert.equal(traffic.requests.COPY_PART * PART, traffic.bytesCopied + 2 * PART);
  assert.ok((await server.object('again')).equals(await server.object('plain')));
});

it('copies no other version than the one that was planned', async () => {
  await server.addObject('replaced', bytes);
  const other = fragmented(5, 2000, 9);
  next.push(() => server.put('replaced', other));
  const output = await compacted('replaced');
  assert.equal(output.after.rows, 10_000);
  assert.deepEqual(await server.leftovers(), []);
});

it('says so if the key is refused, and shows no secret', async () => {
  await server.addObject('refused', bytes);
  next.push(403, 403, 403, 403);
  const { status, error, steps } = await server.compacted('refused');
  next.length = 0;
  assert.deepEqual([status, error.name, error.message], ['errored', 'StorageFailed', 'R2 answers 403 InternalError to a copy of a part']);
  assert.equal(steps.at(-1).attempts.length, 1);
  assert.deepEqual(await server.leftovers(), []);
  assert.deepEqual(await server.object('refused'), bytes);
});
