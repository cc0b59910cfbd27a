// Glulam on Cloudflare's runtime, on this machine: starts the Worker, makes a fragmented object and its dataset, has it
// compacted by the Workflow, and shows it before and after. Without an account, and nothing is left running.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { putObject, startDev } from './dev.mjs';
import { fragmented } from './fragmented.mjs';

const KEY = 'path/to/file.parquet';
const ROW_GROUPS = 24;
const WIDTH = 76;
const state = fileURLToPath(new URL('../.wrangler/demo', import.meta.url));

let dev;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, async () => {
    await dev?.kill();
    process.exit(130);
  });
}

rmSync(state, { recursive: true, force: true });
mkdirSync(state, { recursive: true });
say(`A fragmented object of ${ROW_GROUPS} row groups goes into the local R2 bucket …`);
writeFileSync(`${state}/fragmented.parquet`, fragmented(ROW_GROUPS));
await putObject(state, KEY, `${state}/fragmented.parquet`);
say('wrangler dev starts …');
dev = await startDev(state);
try {
  await demonstrate(dev.url);
} finally {
  await dev.stop();
}

async function demonstrate(url) {
  await post(url, '/datasets', { id: 'uuid', bucketKey: KEY, compactionNeeded: true });
  const { id } = await post(url, '/compact', { datasetId: 'uuid', bucketKey: KEY });
  const instance = await ended(url, id);
  if (instance.status !== 'complete') {
    throw new Error(`${instance.error?.message ?? instance.status}; ${dev.log} has more`);
  }
  say('');
  instance.steps.forEach((step) => say(`  ✓ ${step.name.padEnd(20)} ${(Date.parse(step.end) - Date.parse(step.start)) / 1000} s`));
  say('');
  report(instance.output);
}

async function post(url, path, body) {
  const text = JSON.stringify(body);
  say(`\ncurl -X POST ${url}${path} -H "Content-Type: application/json" \\\n  -d '${text}'`);
  const answer = await fetch(url + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: text });
  const json = await answer.json();
  say(JSON.stringify(json));
  if (!answer.ok) {
    throw new Error(json.error?.message ?? `status ${answer.status}`);
  }
  return json;
}

async function ended(url, id) {
  say(`\ncurl ${url}/status/${id}`);
  for (;;) {
    const instance = await (await fetch(`${url}/status/${id}`)).json();
    if (['complete', 'errored', 'terminated'].includes(instance.status)) {
      return instance;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function report({ before, after, picture, plan, traffic }) {
  say(`  before  ${bar(picture.before)}`);
  say(`  after   ${bar(picture.after)}`);
  say('              bytes       rows  row groups  fragments');
  for (const [name, facts] of [['before', before], ['after', after]]) {
    say(`  ${name.padEnd(6)}${mebibytes(facts.bytes)}${number(facts.rows, 11)}${number(facts.rowGroups, 12)}${number(facts.fragments, 11)}`);
  }
  const requests = Object.values(traffic.requests).reduce((sum, count) => sum + count, 0);
  say(`\n  ${mebibytes(plan.bytesMoved).trim()} moved as they are, ${mebibytes(plan.bytesRemapped).trim()} renumbered; ${requests} requests to R2`);
}

/** Row groups to scale: light ones are fragments. */
function bar(pieces) {
  const total = pieces.reduce((sum, [bytes]) => sum + bytes, 0);
  let text = '';
  let bytes = 0;
  pieces.forEach(([size, , kind], i) => {
    bytes += size;
    const end = Math.round(bytes / total * WIDTH);
    const light = i % 2 === 0 ? '░' : '▒';
    text += (kind === 'f' ? light : '█').repeat(Math.max(0, end - text.length - (kind === 'f' ? 0 : 1))) + (kind === 'f' ? '' : '▉');
  });
  return text;
}

function mebibytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`.padStart(11);
}

function number(value, width) {
  return value.toLocaleString('en').padStart(width);
}

function say(text) {
  console.log(text);
}
