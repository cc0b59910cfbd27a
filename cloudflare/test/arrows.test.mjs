// The Worker's folders lie on floors: code takes from floors below its own and from its own folder, and no files take from each
// other in a circle.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path/posix';
import { it } from 'node:test';

const SOURCES = new URL('../src/', import.meta.url);

/** From the ground up; a name without an ending is a folder. */
const FLOORS = [
  ['durations.ts', 'sizes.ts', 'failure.ts', 'env.ts', 'modules.d.ts'],
  ['instance', 'settings.ts'],
  ['terms', 'catalog', 'bucket', 'callbacks', 'metrics', 'report', 'folder'],
  ['engine', 'plans'],
  ['step', 'request'],
  ['compact', 'merge', 'feed'],
  ['tables', 'ledger'],
  ['workflow', 'http'],
  ['worker.ts'],
];

const files = readdirSync(SOURCES, { recursive: true }).map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.ts'));
const arrows = new Map(files.map((file) => [file, taken(file)]));

/** The files that a file imports from, types included. */
function taken(file) {
  const text = readFileSync(new URL(file, SOURCES), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s(?:[^;]*?\sfrom\s)?\s*'(\.[^']+)'/gm)]
    .map(([, name]) => normalize(`${dirname(file)}/${name}`));
}

function roomOf(file) {
  return file.split('/')[0];
}

function floorOf(file) {
  return FLOORS.findIndex((rooms) => rooms.includes(roomOf(file)));
}

it('every folder has its floor, and every floor its folders', () => {
  assert.deepEqual([...new Set(files.map(roomOf))].sort(), FLOORS.flat().sort());
});

it('no file takes from a floor that is not below its own', () => {
  const wrong = [...arrows].flatMap(([file, targets]) => targets
    .filter((target) => roomOf(target) !== roomOf(file) && floorOf(target) >= floorOf(file))
    .map((target) => `${file} takes from ${target}`));
  assert.deepEqual(wrong, []);
});

it('no files take from each other in a circle', () => {
  const left = new Map([...arrows].map(([file, targets]) => [file, new Set(targets)]));
  // A file that takes from none of those left is taken away, until none is left, or only circles.
  for (let free = [...left.keys()]; free.length > 0;) {
    free = [...left.keys()].filter((file) => [...left.get(file)].every((target) => !left.has(target)));
    free.forEach((file) => left.delete(file));
  }
  assert.deepEqual([...left.keys()], []);
});

it('finds the imports that it looks at', () => {
  assert.ok(arrows.get('worker.ts').includes('ledger/ledger.ts'));
  assert.ok(arrows.get('catalog/data-api.ts').includes('catalog/postgrest.ts'));
  assert.ok(arrows.get('ledger/ledger.ts').includes('instance/types.ts'));
  assert.ok(arrows.get('feed/objects.ts').includes('feed/allowance.ts'));
});
