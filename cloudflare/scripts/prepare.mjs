// Before the Worker is bundled: copies the page and the description of the API out of the service, and builds the engine's
// package if it is absent or older than its sources.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
const pack = `${here}../wasm/pack`;
const engine = `${here}node_modules/glulam-engine/glulam.wasm`;
if (existsSync(pack)) {
  execFileSync(pack, ['--if-absent'], { stdio: ['ignore', 'inherit', 'inherit'] });
}
if (!existsSync(engine)) {
  throw new Error('the package glulam-engine is absent: run wasm/pack in the clone, then npm ci');
}

const resources = `${here}../service/src/main/resources/io/glulam/service/http`;
if (existsSync(resources)) {
  mkdirSync(`${here}public`, { recursive: true });
  copy(`${resources}/page`, `${here}public/page`);
  copy(`${resources}/openapi.yaml`, `${here}public/openapi.yaml`);
}
if (!existsSync(`${here}public/page/index.html`)) {
  throw new Error('the page is absent: it lies in the clone under service/src/main/resources');
}

/** Copies a file or a folder, but for what is the same already: a Worker that runs in this clone starts anew for each change. */
function copy(from, to) {
  if (statSync(from).isDirectory()) {
    const names = readdirSync(from);
    mkdirSync(to, { recursive: true });
    readdirSync(to)
      .filter((name) => !names.includes(name))
      .forEach((name) => rmSync(`${to}/${name}`, { recursive: true }));
    names.forEach((name) => copy(`${from}/${name}`, `${to}/${name}`));
  } else if (!existsSync(to) || !readFileSync(from).equals(readFileSync(to))) {
    copyFileSync(from, to);
  }
}
