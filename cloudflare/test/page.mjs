// The Worker's page in a real Chromium, as the service's: node test/page.mjs FOLDER, which .ci/page.mjs describes.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hostile, HOSTILE_KEY } from '../../.ci/hostile.mjs';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, start } from './harness.mjs';

const PAGE = fileURLToPath(new URL('../../.ci/page.mjs', import.meta.url));
const state = freshState();
const server = await start(state);
try {
  await server.put('path/to/file.parquet', fragmented(250, 8000));
  await server.put('path/to/other.parquet', fragmented(20, 800));
  await server.put(HOSTILE_KEY, hostile());
  await server.post('/datasets', { id: 'uuid', bucketKey: 'path/to/file.parquet', compactionNeeded: true });
  process.exitCode = await new Promise((resolve) => {
    spawn(process.execPath, [PAGE, server.url, process.argv[2]], { stdio: 'inherit' }).once('exit', resolve);
  });
} finally {
  await server.dev.stop();
  remove(state);
}
