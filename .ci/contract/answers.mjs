// What every answer has.
import assert from 'node:assert/strict';
import { ask, check, get, post, refused, statusUnderHost, token, url } from './server.mjs';

await check('the page and the files that it needs are open to everybody', async () => {
  const scripts = ['app', 'dom', 'chunks', 'charts', 'objects'].map((name) => [`/page/${name}.js`, 'text/javascript']);
  for (const [path, type] of [['/', 'text/html'], ...scripts, ['/page/style.css', 'text/css'], ['/page/favicon.svg', 'image/svg+xml'], ['/openapi.yaml', 'application/yaml']]) {
    const answer = await get(path, { headers: { Authorization: '' } });
    assert.equal(answer.status, 200, path);
    assert.ok(answer.headers.get('Content-Type').startsWith(type), path);
    assert.ok(answer.text.length > 100, path);
  }
});

await check('health is open to everybody', async () => {
  assert.deepEqual((await get('/healthz')).json, { status: 'ok' });
  assert.deepEqual((await get('/readyz')).json, { status: 'ready' });
});

await check('every answer keeps browsers from doing harm', async () => {
  for (const path of ['/', '/healthz', '/status/none', '/nothing']) {
    const { headers } = await get(path);
    assert.equal(headers.get('X-Content-Type-Options'), 'nosniff', path);
    assert.equal(headers.get('X-Frame-Options'), 'DENY', path);
    assert.equal(headers.get('Referrer-Policy'), 'no-referrer', path);
    assert.equal(headers.get('Cache-Control'), 'no-store', path);
    assert.equal(headers.get('Cross-Origin-Resource-Policy'), 'same-origin', path);
    assert.ok(headers.get('Content-Security-Policy').startsWith("default-src 'none'; script-src 'self'"), path);
    assert.equal(headers.get('Access-Control-Allow-Origin'), null, path);
  }
});

await check('HEAD answers as GET does, without a body', async () => {
  const answer = await ask('HEAD', '/healthz');
  assert.equal(answer.status, 200);
  assert.equal(answer.text, '');
});

await check('what is not there is 404, a wrong method 405 with those that are right', async () => {
  refused(await get('/nothing'), 404, 'NotFound', undefined, 'there is nothing here; /openapi.yaml lists what there is');
  const answer = await get('/compact');
  refused(answer, 405, 'MethodNotAllowed', undefined, 'this takes POST');
  assert.equal(answer.headers.get('Allow'), 'POST');
  assert.equal((await post('/status/x')).headers.get('Allow'), 'GET, HEAD');
});

await check('pages of other sites are refused, and names that are not ours', async () => {
  refused(await get('/healthz', { headers: { Origin: 'https://evil.example' } }), 403, 'ForeignOrigin');
  refused(await get('/healthz', { headers: { 'Sec-Fetch-Site': 'cross-site' } }), 403, 'ForeignOrigin');
  assert.equal((await get('/healthz', { headers: { Origin: url } })).status, 200);
  assert.equal(await statusUnderHost('evil.example'), 403);
});

if (token !== undefined) {
  await check('without the token nothing is told', async () => {
    for (const [method, path] of [['GET', '/instances'], ['GET', '/status/x'], ['POST', '/compact'], ['POST', '/plan'],
      ['GET', '/datasets'], ['POST', '/datasets'], ['GET', '/capabilities'], ['GET', '/metrics']]) {
      for (const Authorization of ['', 'Bearer wrong-token-of-some-length', `Basic ${token}`]) {
        const answer = await ask(method, path, { headers: { Authorization } });
        refused(answer, 401, 'Unauthorized', undefined, 'a token is needed');
        assert.equal(answer.headers.get('WWW-Authenticate'), 'Bearer');
      }
    }
  });
}

await check('bodies are JSON of bounded size', async () => {
  refused(await post('/compact', {}, { type: 'text/plain' }), 415, 'NotJson');
  refused(await post('/compact', {}, { type: 'application/x-www-form-urlencoded' }), 415, 'NotJson');
  refused(await post('/compact', '{"datasetId":'), 400, 'InvalidJson');
  refused(await post('/plan', `{"datasetId":"${'x'.repeat(70_000)}"}`), 413, 'BodyTooLarge', undefined,
    'a body has at most 65536 bytes');
  refused(await post('/compact', '[]'), 400, 'InvalidField', '', 'the body must be a JSON object');
  assert.equal((await post('/compact', {}, { type: 'application/json; charset=utf-8' })).status, 400);
});
