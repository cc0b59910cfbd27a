// A container that serves tables, and breaks the connection whenever it is asked to do something.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, it } from 'node:test';
import { freshState, remove, start } from './harness.mjs';

const state = freshState();
let container;
let server;

before(async () => {
  container = http.createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"tables":true}');
    } else {
      request.socket.destroy();
    }
  });
  await new Promise((resolve) => container.listen(0, '127.0.0.1', resolve));
  server = await start(state, { vars: { GLULAM_CONTAINER_URL: `http://127.0.0.1:${container.address().port}` } });
});

after(async () => {
  await server?.dev.stop();
  container?.close();
  remove(state);
});

it('a request for a table says that the container does not answer, and queues nothing', async () => {
  for (const [path, body] of [['/compact', { table: 'delta:sales' }], ['/plan', { table: 'delta:sales' }],
    ['/datasets', { id: 'sales', table: 'delta:sales' }]]) {
    const answer = await fetch(server.url + path, { method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body) });
    const { error } = await answer.json();
    assert.deepEqual([answer.status, error.name, error.message], [502, 'EngineFailed', 'the container does not answer'], path);
  }
  assert.deepEqual((await server.get('/instances')).counts, {});
});
