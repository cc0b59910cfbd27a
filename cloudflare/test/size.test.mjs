// What a deployment uploads: the limit of an account without a plan is 3 MB; ours is a megabyte, gzipped.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { QUIET } from '../scripts/dev.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const MAX_KIB = 1e6 / 1024;

it('the Worker is a megabyte at most, gzipped', () => {
  const output = execFileSync(`${here}node_modules/.bin/wrangler`, ['deploy', '--dry-run', '--outdir', 'target/size'],
    { cwd: here, env: { ...process.env, ...QUIET, PATH: `${here}node_modules/.bin:${process.env.PATH}` }, encoding: 'utf8' });
  const [line, gzipped] = /Total Upload: .* gzip: ([\d.]+) KiB/.exec(output) ?? [];
  console.log(line);
  assert.ok(Number(gzipped) <= MAX_KIB, output);
});
