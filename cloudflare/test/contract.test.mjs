// The contract of the API, which `glulam serve` keeps, too.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fragmented } from '../scripts/fragmented.mjs';
import { freePort } from '../scripts/ports.mjs';
import { freshState, remove, start } from './harness.mjs';

const CONTRACT = fileURLToPath(new URL('../../.ci/contract.mjs', import.meta.url));
const KEY = 'path/to/file.parquet';
const SECRET = 'secret-of-the-contract';

for (const token of [undefined, 'a-token-of-the-contract']) {
  it(`the API keeps its contract ${token === undefined ? 'without' : 'with'} a token`, async () => {
    const state = freshState();
    const receiver = `127.0.0.1:${await freePort()}`;
    const callbacks = { GLULAM_CALLBACK_HOSTS: receiver, GLULAM_CALLBACK_SECRET: SECRET, GLULAM_CALLBACK_DELAY: '100ms' };
    const server = await start(state, { vars: token === undefined ? callbacks : { GLULAM_TOKEN: token } });
    try {
      await server.put(KEY, fragmented(5, 4000));
      const said = await output([CONTRACT, server.url, KEY], token === undefined
        ? { CONTRACT_RECEIVER: receiver, CONTRACT_SECRET: SECRET } : { CONTRACT_TOKEN: token });
      assert.match(said, /^the contract holds$/m, said.split('\n').filter((line) => !line.startsWith('ok')).join('\n'));
    } finally {
      await server.dev.stop();
      remove(state);
    }
  });
}

function output(parameters, env) {
  return new Promise((resolve) => {
    let text = '';
    const child = spawn(process.execPath, parameters, { env: { ...process.env, ...env } });
    child.stdout.on('data', (part) => { text += part; });
    child.stderr.on('data', (part) => { text += part; });
    child.once('exit', () => resolve(text));
  });
}
