// What holds where the Worker runs: each line is a sentence that this machine's emulators cannot prove.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { wrangler } from './dev.mjs';
import { fragmented } from './fragmented.mjs';

const [address, where, state] = process.argv.slice(2);
const url = address?.replace(/\/+$/, '');
const NAME = process.env.SMOKE_DATASET ?? 'glulam-smoke';
const FOLDER = 'glulam-smoke/';
const KEY = `${FOLDER}fragmented.parquet`;
const KEY_OF_MERGE = `${FOLDER}second.parquet`;
/** Objects that are removed at the end. */
const made = [KEY, KEY_OF_MERGE];
const BUCKET = process.env.SMOKE_BUCKET ?? 'glulam';
const ROW_GROUPS = 60;
const PLACE = where === '--local' ? ['--local', '--persist-to', state] : ['--remote'];
const ENDED = ['complete', 'errored', 'terminated'];

if (url === undefined) {
  console.error('smoke URL [--local STATE]');
  process.exit(2);
}

/** Of `wrangler dev`: what it does not have, or does otherwise. */
const UNSEEN = [
  'the limits of an isolate: 128 MB of memory, the processor time of a step, the requests of an invocation',
  'WasmGC and JSPI in the version of V8 that Cloudflare runs',
  'part copies and their rules (parts of one size), other than by a local stand-in for the S3 side',
  'a condition on the completion of an upload, which the local bucket ignores',
  'instances that go on by themselves after their isolate has ended: here, they are taken up when wrangler dev starts',
  'notifications of R2, and the queue',
  'a container of Cloudflare',
];

let failed = 0;

/** @param prepare runs before, for what the sentence needs */
async function holds(sentence, work, prepare = () => undefined) {
  try {
    await prepare();
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
  const instance = await end((await begun(body)).id);
  require(instance.status === 'complete', `${instance.status}: ${instance.error?.message}`);
  return instance;
}

async function begun(body) {
  const { status, json } = await ask('POST', '/compact', body);
  require(status === 202, `POST /compact: ${status} ${json.error?.message ?? ''}`);
  return json;
}

/** An instance when it has ended. */
async function end(id) {
  for (let tries = 0; tries < 600; tries++) {
    const { json: instance } = await ask('GET', `/status/${id}`);
    if (ENDED.includes(instance.status)) {
      return instance;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the instance does not end within five minutes');
}

/** The newest instance of the dataset; undefined if it has none. */
async function newest() {
  return (await ask('GET', `/instances?datasetId=${NAME}&limit=1`)).json.instances[0];
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
  for (const key of made) {
    await wrangler('r2', 'object', 'delete', `${BUCKET}/${key}`, ...PLACE).catch(() => undefined);
  }
}
if (where === '--local') {
  UNSEEN.forEach((sentence) => console.log(`unseen   ${sentence}`));
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
  await holds('an object that is replaced while it is compacted stays as it was put', async () => {
    await put(fragmented(ROW_GROUPS, 60_000, 1));
    const { id } = await begun({ datasetId: NAME, bucketKey: KEY, force: true, backup: 'none' });
    await put(fragmented(4, 1000, 2));
    await end(id);
    const { json } = await ask('POST', '/plan', { bucketKey: KEY });
    require(json.before?.rows === 4000, `the object has ${json.before?.rows} rows`);
  });
  const { json: capabilities } = await ask('GET', '/capabilities');
  await holds('objects become a new one', async () => {
    const { output } = await compacted({ bucketKeys: [KEY, KEY_OF_MERGE], target: `${FOLDER}merged-${Date.now()}.parquet` });
    made.push(...output.outputs.map(({ bucketKey }) => bucketKey));
    require(output.after.rows === 8000, JSON.stringify(output.after));
  }, () => put(fragmented(4, 1000, 3), KEY_OF_MERGE));
  if (capabilities.folderMerges) {
    await holds('objects go into a folder, whose lease and manifest are conditional puts', async () => {
      const target = `${FOLDER}${Date.now()}/`;
      const { output } = await compacted({ bucketKeys: [KEY, KEY_OF_MERGE], target, targetFileSize: 1, options: { threshold: 1 } });
      made.push(...output.outputs.map(({ bucketKey }) => bucketKey), `${target}_glulam_manifest.json`, `${target}_glulam_lease_00000001.json`);
      require(output.after.rows === 8000 && output.outputs.length > 1, JSON.stringify(output));
      const again = await compacted({ bucketKeys: [KEY, KEY_OF_MERGE], target });
      made.push(`${target}_glulam_lease_00000002.json`);
      require(again.output.passedOver.MERGED === 2, JSON.stringify(again.output));
    });
  }
  if (process.env.SMOKE_LARGE !== undefined) {
    await holds('100 MB of fragments fit the memory of an isolate and the limits of a step', async () => {
      await put(fragmented(70, 150_000, 0, 4));
      const large = await compacted({ datasetId: NAME, bucketKey: KEY, force: true, backup: 'none' });
      require(large.output.published, JSON.stringify(large.output));
      const all = Object.values(large.output.traffic.requests).reduce((sum, count) => sum + count, 0);
      return `${seconds(large, 'analyze-and-compact')}, ${all} requests`;
    });
  }
  if (capabilities.engines.includes('container')) {
    await holds('the container compacts an object of this bucket', async () => {
      await put(fragmented(8, 2000));
      const { output } = await compacted({ datasetId: NAME, bucketKey: KEY, force: true, backup: 'none', engine: 'container' });
      require(output.published, JSON.stringify(output));
      return capabilities.tables ? 'it serves tables' : 'it serves no tables';
    });
  }
  if (process.env.SMOKE_FEED !== undefined) {
    await holds('R2 tells the queue of a new object, and the queue the Worker', async () => {
      const before = await newest();
      await put(fragmented(6, 2000, Date.now() % 1000));
      for (let tries = 0; tries < 600; tries++) {
        const instance = await newest();
        if (instance !== undefined && instance.id !== before?.id) {
          return `after ${Math.round(tries / 2)} s`;
        }
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      throw new Error('no instance begins within five minutes: is the notification set up, and the feed enabled?');
    });
  }
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

async function put(bytes, key = KEY) {
  writeFileSync(`${folder}/object.parquet`, bytes);
  await wrangler('r2', 'object', 'put', `${BUCKET}/${key}`, '--file', `${folder}/object.parquet`, ...PLACE);
}
