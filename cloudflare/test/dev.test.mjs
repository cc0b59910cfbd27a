// What `wrangler dev` says when it does not start, and that it is started once more.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import net from 'node:net';
import { test } from 'node:test';
import { startDev } from '../scripts/dev.mjs';
import { freePort } from '../scripts/ports.mjs';
import { freshState, remove, start } from './harness.mjs';

test('a start whose port is taken says so, and is repeated', async (t) => {
  const state = freshState();
  const port = await freePort();
  const other = net.createServer().listen(port, '127.0.0.1');
  const said = [];
  t.mock.method(console, 'error', (line) => {
    said.push(line);
    other.close();
  });
  const server = await start(state, { port });
  try {
    assert.equal(server.url, `http://127.0.0.1:${port}`);
    assert.equal(said.length, 1, said.join('\n'));
    assert.match(said[0], /^wrangler dev has ended before its first answer \(code 1\); it printed:\n.*\[ERROR\] Address already in use/);
  } finally {
    await server.dev.stop();
    remove(state);
  }
});

test('what it never starts with is in the error', async (t) => {
  const state = freshState();
  const said = t.mock.method(console, 'error', () => undefined);
  try {
    await assert.rejects(startDev(state, { config: `${state}/none.json` }), /ended before its first answer[^]*none\.json/);
    assert.equal(said.mock.callCount(), 2);
  } finally {
    remove(state);
  }
});

// wrangler starts a Worker anew when what it serves changes: a second one in the same clone must not change it.
test('what is served is written again only if it differs', () => {
  const prepare = new URL('../scripts/prepare.mjs', import.meta.url).pathname;
  const written = () => ['page', 'page/index.html', 'openapi.yaml'].map((name) => statSync(new URL(`../public/${name}`, import.meta.url)).mtimeMs);
  execFileSync(process.execPath, [prepare]);
  const before = written();
  execFileSync(process.execPath, [prepare]);
  assert.deepEqual(written(), before);
});
