// An object whose key and column are markup, for pages that show both: node .ci/hostile.mjs FOLDER puts it below the folder.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fragmented } from '../cloudflare/scripts/fragmented.mjs';

export const HOSTILE_KEY = 'path/to/<img src=x onerror=alert(1)>.parquet';
export const HOSTILE_COLUMN = '</script><b onclick=alert(1)>\u202e';

export const hostile = () => fragmented(10, 400, 1, Infinity, { city: HOSTILE_COLUMN });

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(join(process.argv[2], HOSTILE_KEY), hostile());
}
