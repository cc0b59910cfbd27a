// Starts `wrangler dev` in a process group of its own, and ends all of it: wrangler is several layers of processes, which
// start one another again.
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { freePort } from './ports.mjs';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const LONGEST_START = 300_000;
/** How often it is started, if it ends before its first answer. */
const TRIES = 3;
/** Lines of its output that an error shows, and characters among which they are looked for. */
const SHOWN_LINES = 15;
const KEPT_CHARACTERS = 64_000;

/** Wrangler sends no metrics and asks no questions. */
export const QUIET = { WRANGLER_SEND_METRICS: 'false', CI: '1', NO_COLOR: '1', WRANGLER_LOG_PATH: `${HERE}.wrangler/logs` };

/**
 * Starts it, and resolves once it answers. A given port may be taken, and its runtime may crash: if it ends before its first answer,
 * this prints what is wrong and starts it again.
 *
 * @param state folder of what it keeps
 * @param options `port` (by default, wrangler chooses one), `inspector` (whether its debugger gets a known port), `config` (a file),
 *     `vars`, `env` of its process
 * @returns `{url, log, inspector, group, kill, stop}`; `inspector` is the port of the debugger, `group` that of its processes, `kill` ends it as a power cut would, both resolve when it is gone
 */
export async function startDev(state, { port = 0, inspector = false, config = 'wrangler.jsonc', vars = {}, env = {} } = {}) {
  // Where the engine is not there yet, this takes minutes.
  execFileSync(process.execPath, [`${HERE}scripts/prepare.mjs`], { stdio: ['ignore', 'inherit', 'inherit'] });
  mkdirSync(state, { recursive: true });
  for (let left = TRIES; ; left--) {
    const inspectorPort = inspector ? await freePort() : 0;
    const dev = launch(`${state}/wrangler.log`, [
      'dev', '--config', config, '--port', String(port), '--ip', '127.0.0.1', '--inspector-port', String(inspectorPort),
      '--persist-to', state, '--show-interactive-dev-session=false',
      ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
    ], env);
    const problem = await firstAnswer(dev);
    if (problem === undefined) {
      const { url, log, group, kill, stop } = dev;
      return { url, log, inspector: inspectorPort, group, kill, stop };
    }
    const { ended } = dev;
    await dev.kill();
    const failure = new Error(`${problem}; it printed:\n${await dev.problem()}`);
    if (ended === undefined || left === 1) {
      throw failure;
    }
    console.error(`${failure.message}\nIt starts again.`);
  }
}

/** Starts wrangler, which sets `url` once it listens, and `ended` once its process has ended. */
function launch(log, parameters, env) {
  const child = spawn(`${HERE}node_modules/.bin/wrangler`, parameters, {
    cwd: HERE,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...QUIET, PATH: `${HERE}node_modules/.bin:${process.env.PATH}`, ...env },
  });
  const file = createWriteStream(log, { flags: 'a' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(file, { end: false });
    stream.on('data', (part) => { output = (output + part).slice(-KEPT_CHARACTERS); });
  }
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const closed = new Promise((resolve) => child.once('close', resolve));
  const end = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It is gone.
    }
    return gone;
  };
  const dev = { url: undefined, ended: undefined, log, group: child.pid, kill: () => end('SIGKILL'),
    stop: async () => {
      const forced = setTimeout(() => end('SIGKILL'), 5000);
      await end('SIGTERM');
      clearTimeout(forced);
      await end('SIGKILL'); // Processes of the group that still run.
    },
    problem: async () => {
      await Promise.race([closed, later(2000)]); // Output may arrive after the process has ended.
      return problemIn(output);
    } };
  child.on('message', (message) => {
    const { event, port } = JSON.parse(message);
    if (event === 'DEV_SERVER_READY') {
      dev.url = `http://127.0.0.1:${port}`;
    }
  });
  child.once('exit', (code, signal) => { dev.ended = signal ?? `code ${code}`; });
  return dev;
}

/** Waits for the first answer; returns what is wrong if none comes. */
async function firstAnswer(dev) {
  const end = Date.now() + LONGEST_START;
  while (Date.now() < end) {
    if (dev.ended !== undefined) {
      return `wrangler dev has ended before its first answer (${dev.ended})`;
    }
    if (dev.url !== undefined) {
      const signal = AbortSignal.timeout(Math.max(end - Date.now(), 1));
      const response = await fetch(`${dev.url}/healthz`, { signal }).catch(() => undefined);
      if (response?.ok) {
        return undefined;
      }
    }
    await later(250);
  }
  return `wrangler dev does not answer within ${LONGEST_START / 1000} s`;
}

/** The first error and what follows it, since the stacks of esbuild's threads may follow; the last lines if there is no error. */
function problemIn(output) {
  const lines = stripVTControlCharacters(output).split('\n').filter((line) => line.trim() !== '');
  const first = lines.findIndex((line) => line.includes('[ERROR]'));
  return (first < 0 ? lines.slice(-SHOWN_LINES) : lines.slice(first, first + SHOWN_LINES)).join('\n');
}

function later(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Runs wrangler to its end. */
export function wrangler(...parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(`${HERE}node_modules/.bin/wrangler`, parameters, {
      cwd: HERE,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...QUIET, PATH: `${HERE}node_modules/.bin:${process.env.PATH}` },
    });
    let output = '';
    child.stdout.on('data', (part) => { output += part; });
    child.stderr.on('data', (part) => { output += part; });
    child.once('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(output))));
  });
}

/** Puts a file into the local bucket, or gets it out. */
export function putObject(state, key, file) {
  return wrangler('r2', 'object', 'put', `glulam/${key}`, '--file', file, '--local', '--persist-to', state);
}

export function getObject(state, key, file) {
  mkdirSync(dirname(file), { recursive: true });
  return wrangler('r2', 'object', 'get', `glulam/${key}`, '--file', file, '--local', '--persist-to', state);
}
