// Tables in the container: the Worker's processes are killed in each step of their instances, and the requests to the container and
// to the catalog fail.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Contained, putTable } from '../container.mjs';

const contained = new Contained();

before(() => contained.start());

after(() => contained.stop());

const commit = (name, version) => contained.server.object(`${name}/_delta_log/${String(version).padStart(20, '0')}.json`);

async function prepare(name, count) {
  await putTable(contained.server, name, count);
  await contained.server.post('/datasets', { id: name, table: `delta:${name}`, compactionNeeded: true });
}

function begin(name) {
  return fetch(`${contained.server.url}/compact`, { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ table: `delta:${name}`, datasetId: name, instanceId: name, tableOptions: { 'single-writer': true } }) });
}

/** The instance is complete, the table has one commit more, and its dataset's flag is cleared. */
async function requireCompactedOnce(instance) {
  const place = `${instance.id}: ${JSON.stringify(instance.error)}`;
  assert.equal(instance.status, 'complete', place);
  assert.equal(instance.output.flagKept, false, place);
  assert.equal((await contained.server.dataset(instance.id)).compactionNeeded, false, place);
  assert.notEqual(await commit(instance.id, 1), null, place);
  assert.equal(await commit(instance.id, 2), null, place);
}

async function until(holds) {
  for (let left = 240; left > 0; left--) {
    if (await holds()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('it does not come so far');
}

test('an instance of a table goes on after the Worker was killed in any of its steps, and the table is committed once',
  { timeout: 600_000 }, async () => {
    const steps = ['validate-dataset', 'analyze-and-compact', 'update-metadata'];
    const names = steps.map((_, i) => `xtable-${i + 1}x`);
    const [first, second, third] = names;
    for (const name of names) {
      await prepare(name, 3);
    }
    // The Workflow asks the catalog for the dataset first, and changes it last; of the second table, it hears nothing.
    await contained.server.hangAt([[first, 1], [third, 2]]);
    contained.held.add(second);
    for (const name of names) {
      assert.equal((await begin(name)).status, 202);
    }
    await until(async () => await commit(second, 1) !== null && await commit(third, 1) !== null
      && (await contained.server.get(`/test/requests/${third}`)).length === 2);
    await contained.restartWorker();
    for (const [i, instance] of (await contained.server.allEnded(names)).entries()) {
      await requireCompactedOnce(instance);
      assert.deepEqual(instance.steps.filter(({ attempts }) => attempts.length > 1).map(({ name }) => name), [steps[i]]);
    }
  });

test('a table is compacted once, whichever request to the container or the catalog fails or loses its answer', { timeout: 600_000 },
  async () => {
    const both = (kind, count) => ['fail', 'lose'].flatMap((action) => Array.from({ length: count }, (_, i) => (
      { mark: `x${kind}${action}-${i + 1}x`, request: i + 1, action })));
    const ofCatalog = both('catalog', 2); // The Workflow reads the dataset's row, and writes it.
    const ofContainer = both('door', 3); // The API begins it, the Workflow finds it, and asks how far it is.
    const names = [...ofCatalog, ...ofContainer].map(({ mark }) => mark);
    for (const name of names) {
      await prepare(name, 2);
    }
    await contained.server.post('/test/faults', ofCatalog);
    ofContainer.forEach(({ mark, ...fault }) => contained.broken.set(mark, fault));
    for (const name of names) {
      let answer = await begin(name);
      if (/^xdoor[a-z]+-1x$/.test(name)) {
        assert.deepEqual([answer.status, (await answer.json()).error.name], [502, 'EngineFailed'], name);
        answer = await begin(name);
      }
      assert.equal(answer.status, 202, name);
    }
    for (const instance of await contained.server.allEnded(names)) {
      await requireCompactedOnce(instance);
      assert.ok(!(contained.broken.get(instance.id)?.request > 0), `${instance.id}: no request came to the fault`);
    }
  });
