// Processor time of the engine in workerd beside the JVM's, as Markdown on the standard output:
//
//   npm run bench -- small                 the Worker's size, the first plan of a new isolate, five small objects merged
//   npm run bench -- copy                  an object of 100 MB, --effort copy
//   npm run bench -- balanced              an object of 512 MB, --effort balanced
//     --rounds N                           how often: 3, of balanced 1
//     --file FILE                          another file instead of the one that `glulam demo` makes
//
// Linux only: times are the kernel's, of whole processes. workerd has the local bucket in the process of the engine: so the bench
// makes the requests of a compaction to it once more without the engine, and subtracts their time.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { wrangler } from '../scripts/dev.mjs';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, start } from '../test/harness.mjs';
import { commandTimes, workerdDuring } from './processes.mjs';
import { compactionTable, gzippedSize, markdown } from './table.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GLULAM = `${ROOT}glulam`;
const FOLDER = fileURLToPath(new URL('../target/bench', import.meta.url));
/** Row groups of what `glulam demo` makes: 1.1 MB each, SNAPPY, nine columns. */
const COMPACTIONS = {
  copy: { effort: 'copy', rowGroups: 90, rounds: 3, aim: 'engine ÷ JVM at most 2' },
  balanced: { effort: 'balanced', rowGroups: 460, rounds: 1, aim: 'engine ÷ JVM at most 3, engine below 30 s' },
};
/** Each question for a status takes some milliseconds itself. */
const POLL = 1000;
const ENDED = ['complete', 'errored', 'terminated'];
/** Rows of an object of 66 KB. */
const SMALL_ROWS = 6600;

async function main() {
  const { values, positionals: [part, ...more] } = parseArgs({
    allowPositionals: true, options: { rounds: { type: 'string' }, file: { type: 'string' } },
  });
  if (more.length > 0 || !(part === 'small' || Object.hasOwn(COMPACTIONS, part ?? ''))) {
    throw new Error('usage: npm run bench -- small|copy|balanced [--rounds N] [--file FILE]');
  }
  const rounds = Number(values.rounds ?? COMPACTIONS[part]?.rounds ?? 3);
  if (!(Number.isInteger(rounds) && rounds > 0)) {
    throw new Error(`--rounds ${values.rounds} is not a whole number from 1 on`);
  }
  console.error(`${cpus().length} processors, load ${loadavg()[0].toFixed(1)}`);
  await (part === 'small' ? small(rounds) : compaction(COMPACTIONS[part], rounds, fileOf(values)));
}

/** npm runs this in its own folder, and says where it was called. */
function fileOf({ file }) {
  return file === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', file);
}

/** The Worker that runs, if any. */
let server;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, async () => {
    await server?.dev.kill();
    process.exit(130);
  });
}

/** Starts the tests' Worker on an empty state, and ends it after the work. */
async function withWorker(work) {
  const state = freshState();
  try {
    server = await start(state, { vars: { GLULAM_BACKUP: 'none' } });
    return await work();
  } finally {
    await server?.dev.stop();
    server = undefined;
    remove(state);
  }
}

// ---- A large object -------------------------------------------------------------------------------------------------

async function compaction({ effort, rowGroups, aim }, rounds, file = demoFile(rowGroups)) {
  execFileSync(GLULAM, ['version'], { stdio: ['ignore', 'ignore', 'inherit'] }); // Builds it, and its class-data archive.
  const output = `${FOLDER}/compacted.parquet`;
  mkdirSync(FOLDER, { recursive: true });
  const measured = [];
  await withWorker(async () => {
    for (let round = 1; round <= rounds; round++) {
      const load = loadavg()[0];
      const jvm = commandTimes(() => execFileSync(
        GLULAM, ['compact', file, '-o', output, '--effort', effort, '--force'], { stdio: ['ignore', 'ignore', 'inherit'] }));
      say(`round ${round} of ${rounds}, JVM`, jvm);
      const name = `xbench-${round}x`;
      await server.putLarge(name, readFileSync(file));
      measured.push({ jvm, ...await inWorkerd(name, effort, readFileSync(output)), load });
    }
  });
  rmSync(output);
  console.log(`${(statSync(file).size / 1e6).toFixed(1)} MB, \`${effort}\`; aim: ${aim}.\n\n${compactionTable(measured)}`);
}

/** The file that `glulam demo` makes; one that was made before is taken. */
function demoFile(rowGroups) {
  const folder = `${FOLDER}/demo-${rowGroups}`;
  if (!existsSync(`${folder}/compacted.parquet`)) { // It is made last.
    mkdirSync(folder, { recursive: true });
    execFileSync(GLULAM, ['demo', '--row-groups', String(rowGroups), '--keep', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return `${folder}/fragmented.parquet`;
}

/**
 * Has an object compacted to a new key, so that its source stays, and then the same ranges read and parts uploaded without the engine.
 *
 * @param expected the bytes that the JVM has written
 */
async function inWorkerd(name, effort, expected) {
  await server.post('/datasets', { id: name, bucketKey: name, compactionNeeded: true });
  const { group } = server.dev;
  const whole = await workerdDuring(group, async () => {
    await server.begin(name, { options: { effort }, publish: 'new-key' });
    return ended(name);
  });
  const { bucketKey, traffic } = whole.result.output;
  say('workerd', { ...whole.engine, wall: whole.wall, traffic });
  if (!expected.equals(await server.object(bucketKey))) {
    throw new Error('the engine did not write the bytes that the JVM has written');
  }
  const { reads, parts } = await server.get(`/test/moved/${name}`);
  const again = await workerdDuring(group, () => server.post('/test/again', { source: name, target: 'again', reads, parts }));
  if (again.pid !== whole.pid) {
    throw new Error('the bucket answered from another process than the engine');
  }
  say('without the engine', { ...again.engine, wall: again.wall });
  return { workerd: whole.engine, plain: again.engine, beside: whole.beside };
}

function say(what, facts) {
  console.error(`${what}: ${JSON.stringify(facts)}`);
}

async function ended(id) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, POLL));
    const instance = await server.get(`/status/${id}`);
    if (ENDED.includes(instance.status)) {
      if (instance.status !== 'complete') {
        throw new Error(`${id}: ${JSON.stringify(instance.error)}`);
      }
      return instance;
    }
  }
}

// ---- small ----------------------------------------------------------------------------------------------------------

async function small(rounds) {
  const size = gzippedSize(await wrangler('deploy', '--dry-run', '--outdir', `${FOLDER}/deploy`));
  const rows = [];
  for (let round = 1; round <= rounds; round++) {
    say('round', round);
    const { load, plans: [first, second], merges } = await withWorker(smallRound);
    rows.push([round, ...[compiled(), spent(first), first.wall, spent(second)].map((time) => `${Math.round(time * 1000)} ms`),
      ...merges.map((merge) => `${spent(merge).toFixed(2)} s`), load.toFixed(1)]);
  }
  console.log(`The Worker has ${size} KiB gzipped; aim: at most 1 MB. Aims: compiled and planned within 150 ms, merged within 1 s.\n`);
  console.log(markdown(
    ['round', 'module compiled, in Node', 'first plan', 'its answer after', 'second plan', 'five objects merged', 'again', 'load'], rows));
}

/** User and system time of the workerd with the engine. */
function spent({ engine: { user, system } }) {
  return user + system;
}

/** On a Worker that has just started: plans of one row group, then merges of five objects of one row group each, each twice. */
async function smallRound() {
  const load = loadavg()[0];
  const { group } = server.dev;
  await server.put('one.parquet', fragmented(1, SMALL_ROWS));
  const plan = () => workerdDuring(group, () => server.post('/plan', { bucketKey: 'one.parquet' }));
  const plans = [await plan(), await plan()];
  for (let i = 1; i <= 5; i++) {
    await server.put(`small/${i}.parquet`, fragmented(1, SMALL_ROWS, i));
  }
  const merge = (target) => workerdDuring(group, async () => {
    const { id } = await server.post('/compact', { prefix: 'small/', target });
    return ended(id);
  });
  return { load, plans, merges: [await merge('first.parquet'), await merge('second.parquet')] };
}

/** Seconds of processor time in which a new process of this Node compiles the engine's module, that of V8's own threads included. */
function compiled() {
  const engine = fileURLToPath(import.meta.resolve('glulam-engine/glulam.wasm'));
  const script = `const bytes = require('node:fs').readFileSync(${JSON.stringify(engine)});
    const before = process.cpuUsage();
    new WebAssembly.Module(bytes);
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / 1e6);`;
  return Number(execFileSync(process.execPath, ['--eval', script], { encoding: 'utf8' }));
}

await main().catch((failure) => {
  console.error(`bench: ${failure.message}`);
  process.exitCode = 1;
});
