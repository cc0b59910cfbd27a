// Starts `wrangler dev` in a process group of its own, and ends all of it: wrangler is several layers of processes, which
// start one another again.
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import net from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const START = 120_000;

/** Wrangler sends no metrics and asks no questions. */
export const QUIET = { WRANGLER_SEND_METRICS: 'false', CI: '1', NO_COLOR: '1', WRANGLER_LOG_PATH: `${HERE}.wrangler/logs` };

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts it, and resolves once it answers.
 *
 * @param state folder of what it keeps
 * @param options `port`, `config` (a file), `vars`, `env` of its process
 * @returns `{url, log, inspector, group, kill, stop}`; `inspector` is the port of the debugger, `group` that of its processes, `kill` ends it as a power cut would, both resolve when it is gone
 */
export async function startDev(state, { port, config = 'wrangler.jsonc', vars = {}, env = {} } = {}) {
  // Where the engine is not there yet, this takes minutes.
  execFileSync(process.execPath, [`${HERE}scripts/prepare.mjs`], { stdio: ['ignore', 'inherit', 'inherit'] });
  const chosen = port ?? await freePort();
  const inspector = await freePort();
  mkdirSync(state, { recursive: true });
  const log = createWriteStream(`${state}/wrangler.log`, { flags: 'a' });
  const child = spawn(`${HERE}node_modules/.bin/wrangler`, [
    'dev', '--config', config, '--port', String(chosen), '--ip', '127.0.0.1', '--inspector-port', String(inspector),
    '--persist-to', state, '--show-interactive-dev-session=false',
    ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
  ], {
    cwd: HERE,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...QUIET, PATH: `${HERE}node_modules/.bin:${process.env.PATH}`, ...env },
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const end = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It is gone.
    }
    return gone;
  };
  const dev = { url: `http://localhost:${chosen}`, log: `${state}/wrangler.log`, inspector, group: child.pid, kill: () => end('SIGKILL'),
    stop: async () => {
      const forced = setTimeout(() => end('SIGKILL'), 5000);
      await end('SIGTERM');
      clearTimeout(forced);
      await end('SIGKILL'); // Processes of the group that still run.
    } };
  try {
    await answers(dev.url, child);
  } catch (failure) {
    await dev.kill();
    throw failure;
  }
  return dev;
}

async function answers(url, child) {
  const end = Date.now() + START;
  while (Date.now() < end && child.exitCode === null) {
    const response = await fetch(`${url}/healthz`).catch(() => undefined);
    if (response?.ok) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('wrangler dev does not start; its log tells why');
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
