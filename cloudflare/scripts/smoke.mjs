// What holds where the Worker runs: each line is a sentence that this machine's emulators cannot prove.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { wrangler } from './dev.mjs';
import { fragmented } from './fragmented.mjs';

const [address, where, state] = process.argv.slice(2);
const url = address?.replace(/\/+$/, '');
const NAME = process.env.SMOKE_DATASET ?? 'glulam-smoke';
const KEY = 'glulam-smoke/fragmented.parquet';
const BUCKET = process.env.SMOKE_BUCKET ?? 'glulam';
const ROW_GROUPS = 60;
const PLACE = where === '--local' ? ['--local', '--persist-to', state] : ['--remote'];
const ENDED = ['complete', 'errored', 'terminated'];

if (url === undefined) {
  console.error('smoke URL [--local STATE]');
  process.exit(2);
}

let failed = 0;

async function holds(sentence, work) {
  try {
    const more = await work();
    console.log(`holds    ${sentence}${more === undefined ? '' : ` (${more})`}`);
    return true;
  } catch (failure) {
    failed++;
    console.log(`does not ${sentence}: ${failure.message}`);
    return false;
  }
}

function require(condition, problem) {
  if (!condition) {
    throw new Error(problem);
  }
}

async function ask(method, path, body, token = process.env.GLULAM_TOKEN) {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json') ?? false;
  return { status: response.status, text, json: isJson ? JSON.parse(text) : {} };
}

async function compacted(body) {
  const { status, json } = await ask('POST', '/compact', body);
  require(status === 202, `POST /compact: ${status} ${json.error?.message ?? ''}`);
  for (let tries = 0; tries < 600; tries++) {
    const { json: instance } = await ask('GET', `/status/${json.id}`);
    if (ENDED.includes(instance.status)) {
      require(instance.status === 'complete', `${instance.status}: ${instance.error?.message}`);
      return instance;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the instance does not end within five minutes');
}

function seconds(instance, name) {
  const step = instance.steps.find((one) => one.name === name);
  return `${(Date.parse(step.end) - Date.parse(step.start)) / 1000} s`;
}

const folder = mkdtempSync(`${tmpdir()}/glulam-smoke-`);
try {
  await smoke();
} finally {
  rmSync(folder, { recursive: true, force: true });
  await wrangler('r2', 'object', 'delete', `${BUCKET}/${KEY}`, ...PLACE).catch(() => undefined);
}
console.log(failed === 0 ? 'all of it holds' : `${failed} of these do not hold`);
process.exitCode = failed === 0 ? 0 : 1;

async function smoke() {
  if (!await holds('the Worker answers', async () => require((await ask('GET', '/healthz')).status === 200, 'GET /healthz'))) {
    return;
  }
  if (where !== '--local') {
    await holds('without the token nothing is told', async () =>
      require((await ask('GET', '/instances', undefined, 'none-of-its-tokens')).status === 401, 'GET /instances was answered'));
  }
  await holds('ledger and catalog answer', async () => {
    const { status, json } = await ask('GET', '/readyz');
    require(status === 200, json.error?.message ?? status);
  });
  await holds('the bucket takes an object', () => put(fragmented(ROW_GROUPS, 60_000, Date.now() % 1000)));
  await holds('the catalog takes a dataset', async () => {
    const { status, json } = await ask('POST', '/datasets', { id: NAME, bucketKey: KEY });
    require(status === 201 || status === 409, `${json.error?.message}; SMOKE_DATASET may name one that is there, with the key ${KEY}`);
  });
  let instance;
  if (!await holds('WasmGC, JSPI and node:zlib work inside a step; a multipart upload and a conditional put publish', async () => {
    instance = await compacted({ datasetId: NAME, bucketKey: KEY, force: true, backup: 'none' });
    require(instance.output.published === true, `nothing was published: ${JSON.stringify(instance.output.reason)}`);
    const { before, after } = instance.output;
    return `${before.rowGroups} row groups became ${after.rowGroups}, ${before.bytes} bytes ${after.bytes}`;
  })) {
    return;
  }
  await holds('within the time of a step', async () =>
    `analyze-and-compact ${seconds(instance, 'analyze-and-compact')}, publish ${seconds(instance, 'publish')}`);
  await holds('within the requests of an invocation', async () => {
    const all = Object.values(instance.output.traffic.requests).reduce((sum, count) => sum + count, 0);
    require(all < 600, `${all} requests`);
    return `${all}: ${JSON.stringify(instance.output.traffic.requests)}`;
  });
  await holds('every step took one attempt', async () => {
    const more = instance.steps.filter((step) => step.attempts.length > 1);
    require(more.length === 0, more.map((step) => `${step.name}: ${step.attempts[0].error?.message}`).join('; '));
  });
  await holds('a second run finds nothing to do', async () => {
    const { output } = await compacted({ datasetId: NAME, bucketKey: KEY, force: true });
    require(output.nothingToDo === true, JSON.stringify(output));
  });
  await holds('a plan is kept, and carried out by its hash', async () => {
    const { status, json } = await ask('POST', '/plan', { bucketKey: KEY });
    require(status === 200, `POST /plan: ${status} ${json.error?.message ?? ''}`);
    const { output } = await compacted({ datasetId: NAME, bucketKey: KEY, force: true, planHash: json.planHash });
    require(output.planHash === json.planHash, JSON.stringify(output));
  });
  await holds('metrics count what was done', async () => {
    const { status, text } = await ask('GET', '/metrics');
    require(status === 200 && /^glulam_published_total [1-9]/m.test(text), `GET /metrics: ${status}`);
  });
  await holds('the dataset tells the new size', async () => {
    const { json } = await ask('GET', '/datasets?limit=500');
    const dataset = json.datasets.find((one) => one.id === NAME);
    require(dataset?.fileSizeBytes === instance.output.after.bytes, JSON.stringify(dataset));
  });
  if (process.env.SMOKE_COPIES !== undefined) {
    await holds('R2 copies parts into an upload that the binding has begun', async () => {
      await put(fragmented(6, [20_000, 20_000, 20_000, 2_200_000, 20_000, 20_000]));
      const { output } = await compacted({ datasetId: NAME, bucketKey: KEY, force: true, backup: 'none' });
      const { bytesCopied, requests } = output.traffic;
      require(output.published && bytesCopied > 0, JSON.stringify(output.traffic));
      return `${bytesCopied} bytes by ${requests.COPY_PART} copies`;
    });
  }
}

async function put(bytes) {
  writeFileSync(`${folder}/object.parquet`, bytes);
  await wrangler('r2', 'object', 'put', `${BUCKET}/${KEY}`, '--file', `${folder}/object.parquet`, ...PLACE);
}
