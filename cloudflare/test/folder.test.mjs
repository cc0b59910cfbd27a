// Merges into a folder: several objects, each published after the folder's manifest has announced it, as glulam does it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, rowsOf, start } from './harness.mjs';

describe('A merge into a folder', () => {
  let state;
  let server;

  before(async () => {
    state = freshState();
    server = await start(state);
  });

  after(async () => {
    await server?.dev.stop();
    remove(state);
  });

  async function ended(body) {
    const { id } = await server.post('/compact', body);
    return server.ended(id);
  }

  async function merged(body) {
    const instance = await ended(body);
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    return instance.output;
  }

  const manifest = async (folder) => JSON.parse(await server.object(`${folder}_glulam_manifest.json`));
  const ids = async (key) => (await rowsOf(await server.object(key), ['id'])).map(({ id }) => Number(id));

  it('makes objects of the size that is wanted, with all rows in their order', async () => {
    const bytes = fragmented(12, 20_000);
    await server.put('large/a.parquet', bytes);
    await server.put('large/b.parquet', fragmented(2, 20_000, 3));
    const output = await merged({ prefix: 'large/', target: 'out/', targetFileSize: '600KiB', options: { threshold: '100KiB' } });
    assert.ok(output.after.files > 2, JSON.stringify(output.after));
    assert.equal(output.after.rows, 14 * 20_000);
    const rows = [];
    for (const { bucketKey } of output.outputs) {
      rows.push(...await ids(bucketKey));
    }
    assert.deepEqual(rows, [...await ids('large/a.parquet'), ...await ids('large/b.parquet')]);
    const { outputs, inputs, pending } = await manifest('out/');
    assert.deepEqual(outputs.map(({ name }) => `out/${name}`), output.outputs.map(({ bucketKey }) => bucketKey));
    assert.deepEqual(inputs.map(({ name, whole }) => [name, whole]),
      [['r2://glulam/large/a.parquet', true], ['r2://glulam/large/b.parquet', true]]);
    assert.deepEqual(pending, []);
    assert.deepEqual(await server.leftovers(), []);
    await server.put('large/c.parquet', fragmented(1, 5000, 4));
    const more = await merged({ prefix: 'large/', target: 'out/' });
    assert.deepEqual(more.passedOver, { MERGED: 2 });
    assert.equal(more.outputs.length, 1);
    assert.deepEqual(await ids(more.outputs[0].bucketKey), await ids('large/c.parquet'));
  });

  it('refuses an input that changed after its rows were taken, and files that it does not know', async () => {
    await server.put('in/a.parquet', fragmented(2, 100));
    await merged({ prefix: 'in/', target: 'changed/' });
    await server.put('in/a.parquet', fragmented(2, 101));
    const { error } = await ended({ prefix: 'in/', target: 'changed/' });
    assert.equal(error.name, 'SourceChanged');
    assert.match(error.message, /^in\/a.parquet: it changed after a merge had taken its rows into changed\/$/);
    await server.put('changed/foreign.parquet', fragmented(1, 100));
    const foreign = (await ended({ prefix: 'in/', target: 'changed/' })).error;
    assert.equal(foreign.name, 'StorageFailed');
    assert.match(foreign.message, /such as foreign\.parquet$/);
  });

  it('waits for the lease of another run, and no longer than it lasts', async () => {
    await server.put('lease/in/a.parquet', fragmented(2, 100));
    const expires = Date.now() + 4000;
    await server.put('leased/_glulam_lease_00000007.json',
      JSON.stringify({ format: 'glulam-lease', version: 1, owner: 'another', expires, fence: 7 }));
    await merged({ prefix: 'lease/in/', target: 'leased/' });
    assert.ok(Date.now() >= expires);
    assert.equal((await manifest('leased/')).fence, 8);
  });

  it('knows again what was published before an answer was lost, and takes no row twice', async () => {
    const bytes = fragmented(3, 2000);
    const rows = (await rowsOf(bytes, ['id'])).map(({ id }) => Number(id));
    const into = async (name) => {
      await server.put(`${name}/in/a.parquet`, bytes);
      return server.post('/compact', { prefix: `${name}/in/`, target: `${name}/out/`, instanceId: name, targetFileSize: 1, options: { threshold: 1 } });
    };
    await into('xplain-0x');
    assert.equal((await server.ended('xplain-0x')).output.after.files, 3);
    const requests = await server.get('/test/requests/xplain-0x');
    // Leases, manifests, and the new objects.
    const puts = requests.flatMap((request, i) => (request === 'put' ? [i + 1] : []));
    assert.ok(puts.length >= 8, requests.join());
    const names = puts.map((request) => `xlose-${request}x`);
    await server.ask('/test/faults', { method: 'POST',
      body: JSON.stringify(puts.map((request, i) => ({ mark: names[i], request, action: 'lose' }))) });
    for (const name of names) {
      await into(name);
    }
    for (const name of names) {
      const { status, error, output } = await server.ended(name);
      assert.equal(status, 'complete', `${name}: ${JSON.stringify(error)}`);
      const found = [];
      for (const { bucketKey } of output.outputs) {
        found.push(...await ids(bucketKey));
      }
      assert.deepEqual(found, rows, name);
      const { outputs, pending } = await manifest(`${name}/out/`);
      assert.deepEqual([outputs.length, pending], [3, []], name);
      assert.equal((await server.get(`/test/list/${encodeURIComponent(`${name}/out/`)}`)).length, 5, name);
    }
  });
});
