// The contract of the API, which `glulam serve` keeps, too.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, start } from './harness.mjs';

const CONTRACT = fileURLToPath(new URL('../../.ci/contract.mjs', import.meta.url));
const KEY = 'path/to/file.parquet';

for (const token of [undefined, 'a-token-of-the-contract']) {
  it(`the API keeps its contract ${token === undefined ? 'without' : 'with'} a token`, async () => {
    const state = freshState();
    const server = await start(state, token === undefined ? {} : { vars: { GLULAM_TOKEN: token } });
    try {
      await server.put(KEY, fragmented(5, 4000));
      const said = await output([CONTRACT, server.url, KEY], token === undefined ? {} : { CONTRACT_TOKEN: token });
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
