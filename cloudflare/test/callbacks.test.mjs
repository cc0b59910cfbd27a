// Callbacks to a receiver on this machine.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import http from 'node:http';
import { after, before, it } from 'node:test';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, start } from './harness.mjs';

const SECRET = 'a-secret-of-some-length';
const state = freshState();
/** What the receiver was told, and what it answers next; 204 if nothing is said. */
const told = [];
const answers = [];
let receiver;
let host;
let server;

before(async () => {
  receiver = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) {
      parts.push(part);
    }
    const { url, headers } = request;
    told.push({ url, headers, body: Buffer.concat(parts).toString() });
    const status = answers.shift() ?? 204;
    response.writeHead(status, status === 302 ? { Location: '/elsewhere' } : {}).end();
  });
  await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${receiver.address().port}`;
  server = await start(state, { vars: variables() });
  await server.addObject('a.parquet', fragmented(3, 1000));
});

after(async () => {
  await server?.dev.stop();
  receiver?.close();
  remove(state);
});

const variables = () => ({
  GLULAM_CALLBACK_HOSTS: `example.com, EXAMPLE.org:8443, ${host}`, GLULAM_CALLBACK_SECRET: SECRET, GLULAM_CALLBACK_DELAY: '300ms',
});

const begin = (instanceId) =>
  server.begin('a.parquet', { instanceId, force: true, callbackUrl: `http://${host}/ended?key=hidden` });

async function delivered(id) {
  for (let left = 1800; left > 0; left--) {
    const { callbacks } = await server.get(`/status/${id}`);
    if (callbacks[0].state === 'delivered') {
      return callbacks;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return assert.fail(`the callback of ${id} is not delivered; see ${server.dev.log}`);
}

it('tells an end, signed, without the picture', async () => {
  await begin('first');
  const [callback] = await delivered('first');
  assert.deepEqual(callback, {
    url: `http://${host}/ended?…`, state: 'delivered', attempts: 1, httpStatus: 204, problem: null, endedAt: callback.endedAt,
  });
  assert.equal(told.length, 1);
  const [{ url, headers, body }] = told;
  assert.equal(url, '/ended?key=hidden');
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(headers['user-agent'], 'glulam');
  assert.ok(Math.abs(Date.now() / 1000 - Number(headers['glulam-timestamp'])) < 300);
  const expected = createHmac('sha256', SECRET).update(`${headers['glulam-timestamp']}.${body}`).digest('hex');
  assert.equal(headers['glulam-signature'], `v1=${expected}`);
  const content = JSON.parse(body);
  assert.deepEqual(Object.keys(content), ['id', 'datasetId', 'bucketKey', 'status', 'output', 'error', 'endedAt']);
  const { output, endedAt } = await server.get('/status/first');
  delete output.picture;
  assert.deepEqual(content, {
    id: 'first', datasetId: 'a.parquet', bucketKey: 'a.parquet', status: 'complete', output, error: null, endedAt,
  });
});

it('tells again what was not taken, and follows no redirect', async () => {
  told.length = 0;
  answers.push(500, 302);
  await begin('again');
  const [{ attempts }] = await delivered('again');
  assert.equal(attempts, 3);
  assert.deepEqual(told.map(({ url }) => url), Array(3).fill('/ended?key=hidden'));
});

it('tells after the Worker was killed, too, and once more after a restart of the instance', async () => {
  told.length = 0;
  answers.push(500, 500, 500);
  await begin('killed');
  while (told.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await server.dev.kill();
  server = await start(state, { vars: variables() });
  await delivered('killed');
  assert.match(await (await server.ask('/metrics')).text(), /^glulam_instances_ended_total\{status="complete"\} 3$/m);
  assert.ok(told.every(({ body }) => JSON.parse(body).id === 'killed'));
  const before = told.length;
  await server.post('/instances/killed/restart', {});
  await server.ended('killed');
  await delivered('killed');
  assert.equal(told.length, before + 1);
});

it('takes allowed addresses only', async () => {
  for (const [callbackUrl, message] of [
    ['http://example.com/x', 'must be https'],
    ['https://example.com:8443/', 'names a host that is not allowed'],
    ['https://example.org/', 'names a host that is not allowed'],
    ['https://example.com.evil.net/', 'names a host that is not allowed'],
    ['https://user@example.com/', 'holds no user and no fragment'],
    ['https://example.com/#x', 'holds no user and no fragment'],
    ['https://example.com@evil.net/', 'holds no user and no fragment'],
    ['https://evil.net\\@example.com/', 'is no URL'],
    ['no address', 'is no URL'],
    ['//example.com/', 'must be a URL like https://host/path of at most 2000 characters'],
    ['http://localhost/', 'names a host that is not allowed'],
    ['ftp://example.com/', 'must be https'],
    [`https://example.com/${'x'.repeat(2000)}`, 'has at most 2000 characters'],
  ]) {
    const answer = await fetch(`${server.url}/compact`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ datasetId: 'a', callbackUrl }),
    });
    const { error } = await answer.json();
    assert.deepEqual([answer.status, error.field, error.message], [400, 'callbackUrl', message], callbackUrl);
  }
  for (const callbackUrl of ['https://example.com/x', 'https://EXAMPLE.org:8443']) {
    await server.post('/plan', { bucketKey: 'a.parquet', callbackUrl });
  }
});

it('says that it has callbacks, and shows no secret', async () => {
  assert.equal((await server.get('/capabilities')).callbacks, true);
  const text = JSON.stringify(await server.get('/status/first'));
  assert.ok(!text.includes(SECRET) && !text.includes('hidden'));
});
