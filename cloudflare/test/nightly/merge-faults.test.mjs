// Merges in which another request, to R2 or the catalog, fails, loses its answer, or finds an input or the target written by others.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fragmented } from '../../scripts/fragmented.mjs';
import { freshState, remove, rowsOf, start } from '../harness.mjs';

const PARTS = [1, 2, 3].map((number) => fragmented(1, 150, number));
const OTHER = fragmented(1, 150, 4);

describe('A merge', () => {
  let state;
  let server;
  let rows;
  /** The requests of a merge in which nothing fails. */
  let requests;

  before(async () => {
    state = freshState();
    server = await start(state);
    rows = (await Promise.all(PARTS.map((bytes) => rowsOf(bytes)))).flat();
    await server.put('other.parquet', OTHER);
    await prepare('xplain-0x');
    const instance = await merged('xplain-0x');
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    requests = await server.get('/test/requests/xplain-0x');
  });

  after(async () => {
    await server?.dev.stop();
    remove(state);
  });

  const target = (name) => `${name}.parquet`;

  async function prepare(name) {
    await Promise.all(PARTS.map((bytes, i) => server.put(`${name}/part-${i}.parquet`, bytes)));
    await server.post('/datasets', { id: name, bucketKey: `${name}/part-1.parquet`, compactionNeeded: true });
  }

  async function merged(name) {
    await server.post('/compact', { prefix: `${name}/`, target: target(name), instanceId: name });
    return server.ended(name);
  }

  /** One merge for each request, the fault at another one each time. */
  async function each(action, key, check) {
    const names = requests.map((_, i) => `x${action}${key === null ? '' : key === target ? 'target' : 'input'}-${i + 1}x`);
    await Promise.all(names.map(prepare));
    await server.ask('/test/faults', { method: 'POST', body: JSON.stringify(names.map((name, i) => (
      { mark: name, request: i + 1, action, ...(key === null ? {} : { key: key(name), by: 'other.parquet' }) }))) });
    for (const [i, name] of names.entries()) {
      const instance = await merged(name);
      await check(instance, await server.object(target(name)), `${action} at request ${i + 1}, ${requests[i]}: ${JSON.stringify(instance.error)}`);
    }
    assert.deepEqual(await server.leftovers(), []);
  }

  it('survives the failure of any request', () => each('fail', null, async (instance, bytes, place) => {
    assert.equal(instance.status, 'complete', place);
    assert.deepEqual(await rowsOf(bytes), rows, place);
    assert.equal(instance.output.flagKept, false, place);
  }));

  it('survives the loss of the answer to any request', () => each('lose', null, async (instance, bytes, place) => {
    assert.equal(instance.status, 'complete', place);
    assert.deepEqual(await rowsOf(bytes), rows, place);
  }));

  it('takes no version of an input but the one that it has pinned', () => each('overwrite', (name) => `${name}/part-1.parquet`,
    async (instance, bytes, place) => {
      if (instance.status === 'complete') {
        const found = await rowsOf(bytes);
        const changed = [...rows.slice(0, 150), ...await rowsOf(OTHER), ...rows.slice(300)];
        const before = JSON.stringify(found, plain) === JSON.stringify(rows, plain);
        assert.ok(before || JSON.stringify(found, plain) === JSON.stringify(changed, plain), place);
        // What was written after the merge has read it is flagged for the next one.
        assert.ok(!before || instance.output.flagKept || instance.output.datasets.length > 0, place);
      } else {
        assert.equal(instance.error.name, 'SourceChanged', place);
        assert.equal(bytes, null, place);
      }
    }));

  it('never replaces what others have put under its target', () => each('overwrite', target, async (instance, bytes, place) => {
    const found = JSON.stringify(await rowsOf(bytes), plain);
    const other = JSON.stringify(await rowsOf(OTHER), plain);
    assert.ok(found === other, place);
    assert.ok(instance.status === 'complete' || instance.error.name === 'TargetExists', place);
  }));
});

describe('A merge into a folder', () => {
  /** Each row group becomes an object, which is none of the old ones. */
  const inputs = [1, 2].map((number) => fragmented(2, 150, number));
  let state;
  let server;
  let rows;
  let requests;

  const ids = async (bytes) => (await rowsOf(bytes, ['id'])).map(({ id }) => Number(id));

  before(async () => {
    state = freshState();
    server = await start(state);
    rows = (await Promise.all(inputs.map(ids))).flat();
    const [{ output }] = await merge(['xplain-0x']);
    assert.equal(output.outputs.length, 4);
    requests = await server.get('/test/requests/xplain-0x');
  });

  after(async () => {
    await server?.dev.stop();
    remove(state);
  });

  async function merge(names) {
    for (const name of names) {
      await Promise.all(inputs.map((bytes, i) => server.put(`${name}/in/part-${i}.parquet`, bytes)));
      await server.post('/datasets', { id: name, bucketKey: `${name}/in/part-0.parquet`, compactionNeeded: true });
    }
    for (const name of names) {
      await server.post('/compact', { prefix: `${name}/in/`, target: `${name}/out/`, instanceId: name, targetFileSize: 1,
        options: { threshold: 1 } });
    }
    return server.allEnded(names);
  }

  for (const [action, sentence] of [['fail', 'survives the failure of any request'], ['lose', 'survives the loss of the answer to any request']]) {
    it(sentence, async () => {
      const names = requests.map((_, i) => `x${action}-${i + 1}x`);
      await server.post('/test/faults', names.map((mark, i) => ({ mark, request: i + 1, action })));
      for (const [i, instance] of (await merge(names)).entries()) {
        const place = `${action} at request ${i + 1}, ${requests[i]}: ${JSON.stringify(instance.error)}`;
        assert.equal(instance.status, 'complete', place);
        const found = [];
        for (const { bucketKey } of instance.output.outputs) {
          found.push(...await ids(await server.object(bucketKey)));
        }
        assert.deepEqual(found, rows, place);
        assert.equal((await server.dataset(names[i])).compactionNeeded, instance.output.flagKept, place);
        const { outputs, pending } = JSON.parse(await server.object(`${names[i]}/out/_glulam_manifest.json`));
        assert.deepEqual([outputs.length, pending], [4, []], place);
      }
      assert.deepEqual(await server.leftovers(), []);
    });
  }
});

function plain(_, value) {
  return typeof value === 'bigint' ? String(value) : value;
}
