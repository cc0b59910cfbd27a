// The contract of the API, for every kind of server: node contract.mjs URL KEY. KEY is a fragmented object that is in its
// bucket. With CONTRACT_TOKEN the server must want that token; with CONTRACT_RECEIVER (host:port) and CONTRACT_SECRET it must
// tell that receiver, signed so. What a server lacks, by /capabilities, must answer 501.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import http from 'node:http';

const [url, key] = process.argv.slice(2);
const token = process.env.CONTRACT_TOKEN;
const mark = `contract-${process.pid}-${Date.now()}`;
const JSON_TYPE = 'application/json';
const ENDED = ['complete', 'errored', 'terminated'];
const STEPS = ['validate-dataset', 'get-file-metadata', 'analyze-and-compact', 'update-metadata'];
const INSTANCE = ['id', 'datasetId', 'bucketKey', 'status', 'error', 'output', 'progress', 'steps', 'request', 'callbacks',
  'createdAt', 'updatedAt', 'endedAt'];

const METRICS = [['glulam_bytes_after_total', 'counter'], ['glulam_bytes_before_total', 'counter'],
  ['glulam_bytes_read_total', 'counter'], ['glulam_instances', 'gauge'], ['glulam_instances_ended_total', 'counter'],
  ['glulam_nothing_to_do_total', 'counter'], ['glulam_published_total', 'counter'], ['glulam_read_bytes_total', 'counter'],
  ['glulam_read_requests_total', 'counter'], ['glulam_row_groups_after_total', 'counter'],
  ['glulam_row_groups_before_total', 'counter'], ['glulam_saved_dollars_per_month', 'gauge'],
  ['glulam_scan_requests_ratio', 'histogram'], ['glulam_step_seconds', 'histogram']];

let failed = 0;

async function check(sentence, work) {
  try {
    await work();
    console.log(`ok ${sentence}`);
  } catch (failure) {
    failed++;
    console.log(`not ok ${sentence}\n  ${String(failure.message).replaceAll('\n', '\n  ')}`);
  }
}

/** An answer with its body, as JSON where it is. */
async function ask(method, path, { body, headers = {}, type = JSON_TYPE } = {}) {
  const response = await fetch(url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(method === 'POST' && type !== null ? { 'Content-Type': type } : {}),
      ...headers,
    },
    ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body ?? {}) } : {}),
  });
  const text = await response.text();
  const isJson = (response.headers.get('Content-Type') ?? '').startsWith(JSON_TYPE);
  return { status: response.status, headers: response.headers, text, json: isJson && text !== '' ? JSON.parse(text) : null };
}

const get = (path, options) => ask('GET', path, options);
const post = (path, body, options) => ask('POST', path, { body, ...options });

function refused(answer, status, name, field, message) {
  assert.equal(answer.status, status, answer.text);
  const { error } = answer.json;
  assert.equal(error.name, name, answer.text);
  if (field !== undefined) {
    assert.equal(error.field, field, answer.text);
  }
  if (message !== undefined) {
    assert.equal(error.message, message);
  }
}

async function ended(id) {
  for (let tries = 0; tries < 1200; tries++) {
    const { status, json, text } = await get(`/status/${id}`);
    assert.equal(status, 200, text);
    if (ENDED.includes(json.status)) {
      return json;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`instance ${id} does not end`);
}

async function compacted(body) {
  const answer = await post('/compact', body);
  assert.equal(answer.status, 202, answer.text);
  assert.equal(answer.json.status, 'queued');
  assert.equal(answer.headers.get('Location'), `/status/${answer.json.id}`);
  return ended(answer.json.id);
}

/** By a bare request: fetch does not send another Host. */
function statusUnderHost(host) {
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}/healthz`, { headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject);
    request.end();
  });
}

const { json: capabilities } = await get('/capabilities');

// ---- what every answer has

await check('the page and the files that it needs are open to everybody', async () => {
  for (const [path, type] of [['/', 'text/html'], ['/page/app.js', 'text/javascript'], ['/page/style.css', 'text/css'],
    ['/page/favicon.svg', 'image/svg+xml'], ['/openapi.yaml', 'application/yaml']]) {
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

// ---- fields

const KNOWN = 'is unknown; known are backup, bucketKey, callbackUrl, datasetId, engine, force, instanceId, options, planHash, publish';
const OPTIONS = 'is no option; known are threshold, targetSize, maxRows, pageSize, order, effort, rewrite, codec, writerCompat,'
  + ' readers, verify, strict';
for (const [body, field, message] of [
  [{}, 'datasetId', 'is required'],
  [{ datasetId: null }, 'datasetId', 'is required'],
  [{ datasetId: 7 }, 'datasetId', 'must be text that is not empty'],
  [{ datasetId: ' ' }, 'datasetId', 'must be text that is not empty'],
  [{ datasetId: 'a\nb' }, 'datasetId', 'holds no control characters'],
  [{ datasetId: 'x'.repeat(101) }, 'datasetId', 'has at most 100 characters'],
  [{ datasetId: 'a', surprise: 1 }, 'surprise', KNOWN],
  [{ datasetId: 'a', bucketKey: 7 }, 'bucketKey', 'must be text that is not empty'],
  [{ datasetId: 'a', instanceId: '-a' }, 'instanceId', 'must match [a-zA-Z0-9_][a-zA-Z0-9_-]{0,99}'],
  [{ datasetId: 'a', instanceId: 'ä' }, 'instanceId', 'must match [a-zA-Z0-9_][a-zA-Z0-9_-]{0,99}'],
  [{ datasetId: 'a', force: 'yes' }, 'force', 'must be true or false'],
  [{ datasetId: 'a', engine: 'jvm' }, 'engine', 'must be one of auto, wasm, container'],
  [{ datasetId: 'a', engine: 1 }, 'engine', 'must be one of auto, wasm, container'],
  [{ datasetId: 'a', publish: 'elsewhere' }, 'publish', 'must be one of in-place, new-key'],
  [{ datasetId: 'a', backup: 7 }, 'backup', 'must be a time like "7d", or "none"'],
  [{ datasetId: 'a', backup: '7 days' }, 'backup', "'7 days' is no duration; say 10s, 5m, 24h or 7d, for example"],
  [{ datasetId: 'a', callbackUrl: 'https://evil.example/x' }, 'callbackUrl', undefined],
  [{ datasetId: 'a', options: [] }, 'options', 'must be an object'],
  [{ datasetId: 'a', options: { surprise: 1 } }, 'options.surprise', OPTIONS],
  [{ datasetId: 'a', options: { threshold: true } }, 'options.threshold', 'must be a size, like "2MiB", or a number of bytes'],
  [{ datasetId: 'a', options: { threshold: 'much' } }, 'options.threshold',
    "'much' is not a size; write it like 2MiB, 1.5GB or as a number of bytes"],
  [{ datasetId: 'a', options: { threshold: 0 } }, 'options.threshold', undefined],
  [{ datasetId: 'a', options: { targetSize: -1 } }, 'options.targetSize', undefined],
  [{ datasetId: 'a', options: { maxRows: 1.5 } }, 'options.maxRows', 'must be a whole number'],
  [{ datasetId: 'a', options: { maxRows: 0 } }, 'options.maxRows', undefined],
  [{ datasetId: 'a', options: { order: 'random' } }, 'options.order', 'must be one of preserve, healthy-first'],
  [{ datasetId: 'a', options: { effort: 'EXTREME' } }, 'options.effort', 'must be one of copy, balanced, smallest'],
  [{ datasetId: 'a', options: { codec: 7 } }, 'options.codec', 'must be text'],
  [{ datasetId: 'a', options: { codec: 'zip' } }, 'options.codec', undefined],
  [{ datasetId: 'a', options: { codec: 'zstd:99' } }, 'options.codec', undefined],
  [{ datasetId: 'a', options: { strict: 'true' } }, 'options.strict', 'must be true or false'],
  [{ datasetId: 'a', options: { readers: 'spark' } }, 'options.readers', 'must be a list of engines'],
  [{ datasetId: 'a', options: { readers: ['spark,duckdb'] } }, 'options.readers', 'must be a list of engines'],
  [{ datasetId: 'a', options: { readers: ['nobody'] } }, 'options.readers', undefined],
]) {
  await check(`POST /compact refuses ${JSON.stringify(body).slice(0, 70)}`, async () =>
    refused(await post('/compact', body), 400, 'InvalidField', field, message));
}

for (const bad of ['/a', 'a//b', 'a/', './a', 'a/../b', '..', 'a\\b', 'c:/a', 'a%2e%2e/b', 'a%252Fb', 'a%00b', `${'ä'.repeat(600)}`]) {
  await check(`no object has the key ${bad.slice(0, 20)}`, async () => {
    refused(await post('/compact', { datasetId: 'a', bucketKey: bad }), 400, 'InvalidField', 'bucketKey');
    refused(await post('/plan', { bucketKey: bad }), 400, 'InvalidField', 'bucketKey');
    refused(await post('/datasets', { id: 'a', bucketKey: bad }), 400, 'InvalidField', 'bucketKey');
  });
}

// ---- datasets

await check('a dataset can be added, found, and flagged', async () => {
  const id = `${mark}-a`;
  const added = await post('/datasets', { id, bucketKey: `${mark}/a.parquet` });
  assert.equal(added.status, 201, added.text);
  const dataset = { id, bucketKey: `${mark}/a.parquet`, compactionNeeded: false, lastCompactedAt: null, fileSizeBytes: null };
  assert.deepEqual(added.json, dataset);
  refused(await post('/datasets', { id, bucketKey: 'b' }), 409, 'Conflict', undefined, 'a dataset of this id exists');
  assert.deepEqual((await post(`/datasets/${id}/flag`)).json, { ...dataset, compactionNeeded: true });
  refused(await post('/datasets/none/flag'), 404, 'NotFound', undefined, 'there is no such dataset');
  refused(await post(`/datasets/${id}/flag`, { a: 1 }), 400, 'InvalidField', 'a', 'is unknown');
  refused(await post('/datasets', { id: 'x' }), 400, 'InvalidField', 'bucketKey', 'is required');
  const { json } = await get(`/datasets?flagged=true&limit=500`);
  assert.ok(json.datasets.some((one) => one.id === id));
});

await check('datasets are listed page by page', async () => {
  for (const name of ['p1', 'p2', 'p3']) {
    await post('/datasets', { id: `${mark}-${name}`, bucketKey: `${mark}/${name}` });
  }
  const first = (await get(`/datasets?limit=2&after=${mark}-p`)).json;
  assert.deepEqual(first.datasets.map((one) => one.id), [`${mark}-p1`, `${mark}-p2`]);
  assert.equal(first.after, `${mark}-p2`);
  refused(await get('/datasets?limit=0'), 400, 'InvalidQuery', 'limit', 'must be 1 to 500');
  refused(await get('/datasets?limit=x'), 400, 'InvalidQuery', 'limit', 'must be a number');
  refused(await get('/datasets?flagged=1'), 400, 'InvalidQuery', 'flagged', 'must be true or false');
  refused(await get('/datasets?what=1'), 400, 'InvalidQuery', 'what', 'is unknown; known are after, flagged, limit');
});

// ---- plans

await check('a plan tells what a compaction would do', async () => {
  const { status, json, text } = await post('/plan', { bucketKey: key });
  assert.equal(status, 200, text);
  assert.deepEqual(Object.keys(json).sort(),
    ['before', 'bucketKey', 'datasetId', 'nothingToDo', 'picture', 'plan', 'planHash', 'reads']);
  assert.deepEqual(Object.keys(json.before), ['bytes', 'rows', 'rowGroups', 'fragments']);
  assert.deepEqual(Object.keys(json.plan), ['rowGroups', 'expectedBytes', 'bytesKept', 'bytesMoved', 'bytesRemapped',
    'bytesCoalesced', 'bytesRecoded']);
  assert.deepEqual(Object.keys(json.reads.before), ['fullScan', 'oneColumn', 'pointLookup']);
  assert.match(json.planHash, /^[0-9a-f]{64}$/);
  assert.equal(json.nothingToDo, false);
  assert.ok(json.before.fragments > 1);
  assert.ok(json.plan.rowGroups < json.before.rowGroups);
});

await check('what cannot be planned is told by its status', async () => {
  refused(await post('/plan', {}), 400, 'InvalidField', 'bucketKey', 'is required, or datasetId');
  refused(await post('/plan', { datasetId: 'none' }), 404, 'NotFound', undefined,
    'there is no such dataset, or its key is unknown');
  refused(await post('/plan', { bucketKey: `${mark}/none.parquet` }), 404, 'StorageFailed');
});

// ---- merges

if (capabilities.merges) {
  const one = `${mark}/in/one.parquet`;
  const merge = (body) => compacted({ ...body });
  const sumsOf = ({ files, bytes, rows, rowGroups }) => ({ files, bytes, rows, rowGroups });

  for (const [body, field, message] of [
    [{ prefix: 'a/' }, 'target', 'is required'],
    [{ target: 'b' }, 'bucketKeys', 'a merge takes bucketKeys or a prefix'],
    [{ prefix: 'a/', bucketKeys: ['a/b'], target: 'c' }, 'prefix', 'a merge takes bucketKeys or a prefix'],
    [{ bucketKeys: [], target: 'c' }, 'bucketKeys', 'must be a list of 1 to 1000 texts'],
    [{ bucketKeys: ['a', 'a'], target: 'c' }, 'bucketKeys[1]', 'is named twice'],
    [{ bucketKeys: ['a', 7], target: 'c' }, 'bucketKeys[1]', 'must be text that is not empty'],
    [{ bucketKeys: ['a', '/b'], target: 'c' }, 'bucketKeys[1]', undefined],
    [{ bucketKeys: ['a', 'c'], target: 'c' }, 'bucketKeys[1]', 'is the target, too'],
    [{ bucketKeys: ['a'], target: '../c' }, 'target', undefined],
    [{ bucketKeys: ['a'], target: 'c', olderThan: '1h' }, 'olderThan', 'needs a prefix'],
    [{ bucketKeys: ['a'], target: 'c', minFileSize: 7 }, 'minFileSize', 'needs a prefix'],
    [{ bucketKeys: ['a'], target: 'c', targetFileSize: '1MiB' }, 'targetFileSize', 'needs a target that ends with a slash'],
    [{ bucketKeys: ['a'], target: 'c', mismatch: 'group' }, 'mismatch', 'needs a target that ends with a slash'],
    [{ prefix: 'a', target: 'c' }, 'prefix', 'ends with a slash'],
    [{ prefix: 'a*/', target: 'c' }, 'prefix', 'holds no * or ?'],
    [{ prefix: 'a/', target: 'a/c' }, 'target', 'lies under the prefix, where the next merge would take it'],
    [{ prefix: 'a/', target: 'c', olderThan: 'long' }, 'olderThan', "'long' is no duration; say 10s, 5m, 24h or 7d, for example"],
    [{ prefix: 'a/', target: 'c', minFileSize: 'much' }, 'minFileSize',
      "'much' is not a size; write it like 2MiB, 1.5GB or as a number of bytes"],
    [{ prefix: 'a/', target: 'c', minFileSize: true }, 'minFileSize', 'must be a size, like "2MiB", or a number of bytes'],
    [{ prefix: 'a/', target: 'c', minFileSize: 0 }, 'minFileSize', 'must be at least one byte'],
    [{ prefix: 'a/', target: 'c', metadata: 'all' }, 'metadata', 'must be one of common, first, fail'],
    [{ prefix: 'a/', target: 'c', widen: 1 }, 'widen', 'must be true or false'],
    [{ prefix: 'a/', target: 'c', inputOrder: 'min:' }, 'inputOrder', 'must be path or min:COLUMN'],
    [{ prefix: 'a/', target: 'c', minInputFiles: 0 }, 'minInputFiles', 'must be a whole number from 1 to 10000'],
    [{ prefix: 'a/', target: 'c', options: { effort: 'EXTREME' } }, 'options.effort', 'must be one of copy, balanced, smallest'],
    [{ prefix: 'a/', target: 'c', replace: true }, 'replace', 'is unknown; known are bucketKeys, callbackUrl, inputOrder, instanceId, '
      + 'metadata, minFileSize, minInputFiles, mismatch, olderThan, options, prefix, target, targetFileSize, widen'],
  ]) {
    await check(`no merge is ${JSON.stringify(body).slice(0, 90)}`, async () =>
      refused(await post('/compact', body), 400, 'InvalidField', field, message));
  }

  await check('objects are merged into a new one, which their datasets learn', async () => {
    await post('/datasets', { id: `${mark}-in`, bucketKey: one, compactionNeeded: true });
    await post('/datasets', { id: `${mark}-two`, bucketKey: `${mark}/two.parquet`, compactionNeeded: true });
    const first = await merge({ bucketKeys: [key], target: one });
    assert.equal(first.status, 'complete', JSON.stringify(first.error));
    assert.equal(first.output.outcome, 'MERGED');
    const { before } = first.output;
    assert.ok(before.rowGroups > first.output.after.rowGroups);
    const instance = await merge({ bucketKeys: [key, one], target: `${mark}/two.parquet`, instanceId: `${mark}-two` });
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    assert.deepEqual(Object.keys(instance), INSTANCE);
    assert.equal(instance.datasetId, null);
    assert.equal(instance.bucketKey, `${mark}/two.parquet`);
    assert.deepEqual(instance.request, { bucketKeys: [key, one], target: `${mark}/two.parquet` });
    const names = instance.steps.map((step) => step.name);
    assert.deepEqual(names.filter((name) => STEPS.includes(name)), STEPS);
    const { output } = instance;
    assert.equal(output.skipped, false);
    assert.equal(output.published, true);
    assert.equal(output.outcome, 'MERGED');
    assert.equal(output.bucketKey, `${mark}/two.parquet`);
    assert.deepEqual(sumsOf(output.before), { files: 2, bytes: before.bytes + first.output.after.bytes, rows: 2 * before.rows,
      rowGroups: before.rowGroups + first.output.after.rowGroups });
    assert.equal(output.after.files, 1);
    assert.equal(output.after.rows, 2 * before.rows);
    assert.deepEqual(output.passedOver, {});
    assert.deepEqual(output.left, []);
    for (const field of ['bytesRead', 'bytesWritten', 'dropped', 'publishedAt']) {
      assert.ok(output[field] !== undefined, field);
    }
    const [{ size, version }] = output.outputs;
    assert.equal(typeof version, 'string');
    assert.deepEqual(output.outputs, [{ bucketKey: `${mark}/two.parquet`, size, version, rows: output.after.rows,
      rowGroups: output.after.rowGroups }]);
    assert.equal(output.flagKept, false);
    const told = (datasetId, bucketKey) => ({ datasetId, bucketKey, flagKept: false });
    const ours = output.datasets.filter(({ datasetId }) => datasetId.startsWith(mark)); // Another server may know the key, too.
    assert.deepEqual(ours, [told(`${mark}-in`, one), told(`${mark}-two`, `${mark}/two.parquet`)]);
    const { json } = await get(`/datasets?limit=500&after=${mark}-`);
    assert.deepEqual(json.datasets.filter(({ id: name }) => [`${mark}-in`, `${mark}-two`].includes(name)), [
      { id: `${mark}-in`, bucketKey: one, compactionNeeded: false, lastCompactedAt: output.publishedAt,
        fileSizeBytes: first.output.outputs[0].size },
      { id: `${mark}-two`, bucketKey: `${mark}/two.parquet`, compactionNeeded: false, lastCompactedAt: output.publishedAt,
        fileSizeBytes: size }]);
  });

  await check('a prefix stands for its objects, or for none', async () => {
    const instance = await merge({ prefix: `${mark}/in/`, target: `${mark}/prefix.parquet`, options: { threshold: 1 } });
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    assert.equal(instance.output.outcome, 'NOTHING_GAINED');
    assert.equal(instance.output.nothingToDo, true);
    assert.equal(instance.output.reason, 'every new object would be one of the old ones as it is');
    assert.equal(instance.output.published, false);
    assert.deepEqual(instance.output.outputs, []);
    const few = await merge({ prefix: `${mark}/in/`, target: `${mark}/few.parquet`, minFileSize: 1 });
    assert.equal(few.output.outcome, 'NO_CANDIDATES');
    assert.equal(few.output.reason, 'there is no object to merge');
    const pinned = few.steps.find((step) => step.name === 'get-file-metadata').output;
    assert.deepEqual(pinned, { objects: 0, size: 0, passedOver: { LARGE: 1 }, passedOverKeys: [one], inputs: [], datasets: [] });
    const young = await merge({ prefix: `${mark}/in/`, target: `${mark}/young.parquet`, olderThan: '1h' });
    assert.equal(young.output.outcome, 'NO_CANDIDATES');
  });

  await check('too few objects are left as they are', async () => {
    const { output } = await merge({ bucketKeys: [key, one], target: `${mark}/three.parquet`, minInputFiles: 3 });
    assert.equal(output.outcome, 'NO_CANDIDATES');
    assert.deepEqual(output.passedOver, { FEW: 2 });
    assert.deepEqual(output.left, [key, one]);
    assert.equal(output.datasets.find(({ bucketKey }) => bucketKey === one).reason, 'the object was not merged');
  });

  await check('a merge that cannot be carried out says why', async () => {
    const taken = await merge({ bucketKeys: [key], target: one });
    assert.equal(taken.status, 'errored');
    assert.deepEqual(taken.error, { name: 'TargetExists', message: `there is an object ${one} already`,
      remedy: 'ask for a merge into another target' });
    const missing = await merge({ bucketKeys: [key, `${mark}/none.parquet`], target: `${mark}/new.parquet` });
    assert.equal(missing.error.name, 'ObjectMissing');
    assert.equal(missing.error.message, `there is no object ${mark}/none.parquet`);
    for (const day of [1, 2]) {
      await merge({ bucketKeys: [key], target: `${mark}/days/day=${day}/a.parquet` });
    }
    const several = await merge({ prefix: `${mark}/days/`, target: `${mark}/new.parquet` });
    assert.deepEqual(several.error, { name: 'SeveralFolders',
      message: 'the objects lie in several folders (day=1, day=2), which stay apart',
      remedy: 'merge those of each folder into a target of their own' });
    const unknown = await merge({ bucketKeys: [key, one], target: `${mark}/new.parquet`, inputOrder: 'min:nothing' });
    assert.equal(unknown.error.name, 'Unsupported', JSON.stringify(unknown));
  });

  if (capabilities.folderMerges) {
    await check('objects are merged into a folder', async () => {
      const { output } = await merge({ bucketKeys: [key, one], target: `${mark}/folder/` });
      assert.equal(output.outcome, 'MERGED');
      assert.ok(output.outputs[0].bucketKey.startsWith(`${mark}/folder/`));
    });
  } else {
    await check('a merge into a folder is 501', async () => refused(await post('/compact', { bucketKeys: [key], target: 'a/' }), 501,
      'NotSupported', undefined, 'this server lacks merges into folders'));
  }
}

// ---- instances

const id = `${mark}-1`;
let complete;
await check('an object is compacted, its dataset updated', async () => {
  await post('/datasets', { id: mark, bucketKey: key, compactionNeeded: true });
  complete = await compacted({ datasetId: mark, bucketKey: key, instanceId: id });
  assert.equal(complete.status, 'complete', JSON.stringify(complete.error));
  assert.deepEqual(Object.keys(complete), INSTANCE);
  assert.equal(complete.id, id);
  assert.equal(complete.error, null);
  assert.equal(complete.progress, null);
  assert.deepEqual(complete.request, { force: false, options: {}, publish: 'in-place', backup: '7d' });
  assert.deepEqual(complete.callbacks, []);
});

await check('its output says what came of it', async () => {
  const { output } = complete;
  for (const field of ['skipped', 'before', 'picture', 'reads', 'bucketKey', 'planHash', 'nothingToDo', 'plan', 'published',
    'publishedAt', 'sourceVersion', 'version', 'size', 'backupKey', 'backupUntil', 'bytesRead', 'bytesWritten', 'dropped', 'after',
    'saved', 'flagKept', 'fileSizeBytes', 'lastCompactedAt']) {
    assert.ok(output[field] !== undefined, field);
  }
  assert.equal(output.skipped, false);
  assert.equal(output.published, true);
  assert.equal(output.flagKept, false);
  assert.ok(output.after.rowGroups < output.before.rowGroups);
  assert.equal(output.after.rows, output.before.rows);
  assert.equal(output.after.bytes, output.fileSizeBytes);
  assert.deepEqual(Object.keys(output.saved), ['dollarsPerMonth', 'readsPerMonth', 'perMillionReads', 'perGigabyteMonth']);
  const { json } = await get(`/datasets?limit=1&after=${mark.slice(0, -1)}`);
  assert.deepEqual(json.datasets[0], { id: mark, bucketKey: key, compactionNeeded: false,
    lastCompactedAt: output.lastCompactedAt, fileSizeBytes: output.fileSizeBytes });
});

await check('its steps tell their attempts', async () => {
  const names = complete.steps.map((step) => step.name);
  assert.deepEqual(names.filter((name) => STEPS.includes(name)), STEPS);
  for (const step of complete.steps) {
    assert.deepEqual(Object.keys(step), ['name', 'start', 'end', 'success', 'output', 'attempts']);
    assert.equal(step.success, true);
    assert.deepEqual(Object.keys(step.attempts[0]), ['start', 'end', 'success', 'error']);
  }
});

await check('what is not flagged is skipped; what is healthy stays as it is', async () => {
  const skipped = await compacted({ datasetId: mark });
  assert.equal(skipped.status, 'complete');
  assert.deepEqual(skipped.output, { skipped: true,
    reason: 'the dataset is not flagged compaction_needed; send "force": true to compact it anyway' });
  const { output } = await compacted({ datasetId: mark, force: true });
  assert.equal(output.nothingToDo, true);
  assert.equal(output.published, false);
  assert.equal(output.reason, 'nothing would be gained by compacting it');
  assert.equal(output.version, complete.output.version);
});

await check('ids and keys that contradict what is there are conflicts', async () => {
  refused(await post('/compact', { datasetId: mark, instanceId: id }), 409, 'Conflict', undefined, 'an instance of this id exists');
  refused(await post('/compact', { datasetId: mark, bucketKey: 'another.parquet' }), 409, 'Conflict', undefined,
    'the catalog has another key for this dataset; leave bucketKey out');
});

await check('an instance that cannot be carried out says why', async () => {
  const unknown = await compacted({ datasetId: `${mark}-none`, bucketKey: key });
  assert.equal(unknown.status, 'errored');
  assert.deepEqual(unknown.error, { name: 'DatasetNotFound', message: `the catalog has no dataset ${mark}-none`,
    remedy: 'check the id, or add the dataset' });
  assert.equal(unknown.output, null);
  assert.equal(unknown.steps.at(-1).attempts.length, 1);
  const lost = await compacted({ datasetId: `${mark}-a` });
  assert.equal(lost.status, 'errored');
  assert.equal(lost.error.name, 'StorageFailed');
});

await check('an instance that has ended can only be restarted', async () => {
  for (const action of ['pause', 'resume', 'terminate']) {
    refused(await post(`/instances/${id}/${action}`), 409, 'Conflict', undefined,
      'it is complete already; restart it to run it again');
    refused(await post(`/instances/none/${action}`), 404, 'NotFound', undefined, 'there is no such instance');
  }
  const restarted = await post(`/instances/${id}/restart`);
  assert.equal(restarted.status, 200, restarted.text);
  assert.equal(restarted.json.id, id);
  const again = await ended(id);
  assert.equal(again.output.skipped, true);
});

await check('instances are listed, the newest first', async () => {
  const { json } = await get(`/instances?datasetId=${mark}&limit=2`);
  assert.deepEqual(Object.keys(json), ['instances', 'before', 'beforeId', 'counts']);
  assert.equal(json.instances.length, 2);
  assert.ok(json.instances[0].createdAt >= json.instances[1].createdAt);
  assert.deepEqual(Object.keys(json.instances[0]), ['id', 'datasetId', 'bucketKey', 'status', 'createdAt', 'updatedAt', 'endedAt',
    'progress', 'error', 'summary']);
  const next = (await get(`/instances?datasetId=${mark}&limit=2&before=${json.before}&beforeId=${json.beforeId}`)).json;
  assert.equal(next.instances.length, 1);
  assert.equal(next.before, null);
  assert.ok(json.counts.complete >= 3);
  refused(await get('/instances?status=lost'), 400, 'InvalidQuery', 'status', 'is no status of instances');
  refused(await get('/instances?before=yesterday'), 400, 'InvalidQuery', 'before', 'must be a time like 2026-01-31T12:00:00Z');
  refused(await get('/instances?what=1'), 400, 'InvalidQuery', 'what',
    'is unknown; known are status, datasetId, before, beforeId, limit');
  refused(await get('/status/none'), 404, 'NotFound', undefined, 'there is no such instance');
});

await check('events tell the status until the instance has ended', async () => {
  const answer = await get(`/instances/${id}/events`);
  assert.ok(answer.headers.get('Content-Type').startsWith('text/event-stream'));
  const [event] = answer.text.split('\n\n');
  assert.ok(event.startsWith('event: status\ndata: '));
  assert.equal(JSON.parse(event.slice(event.indexOf('data: ') + 6)).status, 'complete');
  refused(await get('/instances/none/events'), 404, 'NotFound', undefined, 'there is no such instance');
});

// ---- callbacks

const receiver = process.env.CONTRACT_RECEIVER;
if (receiver !== undefined) {
  await check('an end is told, signed, again if it was not taken', async () => {
    assert.equal(capabilities.callbacks, true);
    const told = [];
    const listener = http.createServer(async (request, response) => {
      const parts = [];
      for await (const part of request) {
        parts.push(part);
      }
      told.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(told.length === 1 ? 503 : 200).end();
    });
    const [host, port] = receiver.split(':');
    await new Promise((resolve) => listener.listen(Number(port), host, resolve));
    try {
      const callbackUrl = `http://${receiver}/ended?secret=1`;
      const { id: named } = await compacted({ datasetId: mark, callbackUrl });
      let json;
      for (let tries = 0; tries < 240 && json?.callbacks[0].state !== 'delivered'; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        ({ json } = await get(`/status/${named}`));
      }
      assert.deepEqual(json.callbacks, [{ url: `http://${receiver}/ended?…`, state: 'delivered', attempts: 2, httpStatus: 200,
        problem: null, endedAt: json.callbacks[0].endedAt }]);
      for (const { headers, body } of told) {
        const mac = createHmac('sha256', process.env.CONTRACT_SECRET).update(`${headers['glulam-timestamp']}.${body}`);
        assert.equal(headers['glulam-signature'], `v1=${mac.digest('hex')}`);
        assert.equal(headers['content-type'], JSON_TYPE);
        assert.equal(headers['user-agent'], 'glulam');
        assert.deepEqual(JSON.parse(body), { id: named, datasetId: mark, bucketKey: key, status: 'complete', output: json.output,
          error: null, endedAt: json.endedAt });
      }
    } finally {
      listener.close();
      listener.closeAllConnections();
    }
  });
  for (const bad of ['http://example.com/', `https://user@${receiver}/`, `https://${receiver}/#x`, 'no address', '//example.com/']) {
    await check(`nobody is told at ${bad}`, async () =>
      refused(await post('/compact', { datasetId: mark, callbackUrl: bad }), 400, 'InvalidField', 'callbackUrl', {
        'http://example.com/': 'names a host that is not allowed', 'no address': 'is no URL',
        '//example.com/': 'must be a URL like https://host/path of at most 2000 characters',
      }[bad] ?? 'holds no user and no fragment'));
  }
}

// ---- capabilities

await check('what the server has, it tells', async () => {
  assert.deepEqual(Object.keys(capabilities),
    ['engines', 'publish', 'callbacks', 'compactions', 'feed', 'folderMerges', 'merges', 'metrics', 'plans', 'scan', 'tables', 'webhooks']);
  assert.ok(capabilities.engines.length > 0);
});

await check('engines are those that are told, and auto', async () => {
  for (const engine of ['wasm', 'container']) {
    for (const [path, body] of [['/compact', { datasetId: mark, engine }], ['/plan', { bucketKey: key, engine }]]) {
      const answer = await post(path, body);
      if (capabilities.engines.includes(engine)) {
        assert.ok(answer.status === 202 || answer.status === 200, answer.text);
      } else {
        refused(answer, 501, 'NotSupported', undefined, `this server lacks the engine ${engine}`);
      }
    }
  }
  const auto = await compacted({ datasetId: mark, engine: 'auto' });
  assert.equal(auto.output.skipped, true);
  assert.deepEqual(auto.request, { force: false, options: {}, engine: 'auto', publish: 'in-place', backup: '7d' });
});

await check('what the server lacks is 501', async () => {
  for (const [capability, method, path, body] of [['scan', 'POST', '/scan', { prefix: mark }], ['metrics', 'GET', '/metrics'],
    ['webhooks', 'POST', '/hooks/supabase', { type: 'DELETE', table: 'datasets' }], ['feed', 'GET', '/feed'],
    ['compactions', 'POST', '/compactions', {}], ['merges', 'POST', '/compact', { prefix: 'a/' }],
    ['plans', 'POST', '/compact', { datasetId: mark, planHash: '0'.repeat(64) }]]) {
    const answer = await ask(method, path, { body });
    if (capabilities[capability]) {
      assert.ok([200, 400].includes(answer.status), answer.text);
    } else {
      refused(answer, 501, 'NotSupported');
    }
  }
});

await check('tables are named by the configuration, or not at all', async () => {
  const table = 'iceberg:nowhere.db.events';
  const asked = [['/compact', { table }], ['/plan', { table }], ['/datasets', { id: `${mark}-table`, table }]];
  for (const [path, body] of asked) {
    const answer = await post(path, body);
    if (capabilities.tables) {
      refused(answer, 400, 'InvalidField', 'table');
    } else {
      refused(answer, 501, 'NotSupported', undefined, 'this server lacks tables');
    }
  }
  refused(await post('/compact', { datasetId: mark, bucketKey: table }), 400, 'InvalidField', 'bucketKey',
    'a key does not begin as the name of a table does');
});

if (capabilities.plans) {
  await check('a plan that was answered can be carried out by its hash', async () => {
    const { json: { planHash, nothingToDo } } = await post('/plan', { bucketKey: key, options: { threshold: '1MiB' } });
    const instance = await compacted({ datasetId: mark, force: true, planHash });
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    assert.equal(instance.output.planHash, planHash);
    assert.equal(instance.output.nothingToDo, nothingToDo);
    assert.equal(instance.request.planHash, planHash);
    refused(await post('/compact', { datasetId: mark, planHash: 'x' }), 400, 'InvalidField', 'planHash');
    refused(await post('/compact', { datasetId: mark, planHash: '0'.repeat(64) }), 400, 'InvalidField', 'planHash');
    refused(await post('/compact', { datasetId: mark, planHash, options: { effort: 'copy' } }), 400, 'InvalidField', 'options');
    refused(await post('/compact', { datasetId: mark, planHash, engine: 'container' }), 400, 'InvalidField', 'engine');
    refused(await post('/plan', { bucketKey: key, planHash }), 400, 'InvalidField', 'planHash');
  });
}

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

if (capabilities.publish.includes('new-key')) {
  await check('a plan that gains nothing makes no new object either', async () => {
    const { output } = await compacted({ datasetId: mark, force: true, publish: 'new-key' });
    assert.equal(output.published, false);
    assert.equal(output.bucketKey, key);
  });
}

console.log(failed === 0 ? 'the contract holds' : `${failed} sentences of the contract do not hold`);
process.exitCode = failed === 0 ? 0 : 1;
