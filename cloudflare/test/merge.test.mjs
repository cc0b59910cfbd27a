// Many objects become one, in the order of their keys; their values are read by a reader that is not ours.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, rowsOf, start } from './harness.mjs';

describe('A merge', () => {
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

  async function merged(body) {
    const { id } = await server.post('/compact', body);
    const instance = await server.ended(id);
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    return instance.output;
  }

  const values = async (bytes) => JSON.stringify(await rowsOf(bytes), (_, value) => (typeof value === 'bigint' ? String(value) : value));

  it('puts the rows of small objects one after the other, and asks for each object once', async () => {
    const objects = [1, 2, 10, 9, 3].map((number) => [`small/part-${number}.parquet`, fragmented(1, 1500, number)]);
    for (const [key, bytes] of objects) {
      await server.put(key, bytes);
    }
    await server.put('small/_SUCCESS', 'x');
    await server.put('small/notes.txt', 'x');
    await server.put('small/empty.parquet', '');
    const output = await merged({ prefix: 'small/', target: 'one.parquet' });
    assert.deepEqual(output.after, { ...output.after, files: 1, rows: 7500, rowGroups: 1 });
    const order = [0, 1, 4, 3, 2].map((i) => objects[i][1]);
    assert.equal(await values(await server.object('one.parquet')),
      `[${(await Promise.all(order.map(values))).map((rows) => rows.slice(1, -1)).join(',')}]`);
    // Each object, and the new one once to read it back.
    assert.deepEqual(output.traffic.requests, { GET: 6, CREATE_UPLOAD: 1, UPLOAD_PART: 1, COMPLETE_UPLOAD: 1 });
    assert.deepEqual(await server.leftovers(), []);
    const again = await merged({ bucketKeys: ['one.parquet', 'small/part-1.parquet'], target: 'two.parquet' });
    assert.equal(again.after.rows, 9000);
  });

  it('keeps healthy row groups as they are, and reads large objects in long requests', async () => {
    const [large, small] = [fragmented(30, 20_000), fragmented(12, 20_000, 3)];
    await server.put('large/a.parquet', large);
    await server.put('large/b.parquet', small);
    const healthy = await merged({ bucketKeys: ['large/a.parquet'], target: 'large/c.parquet' });
    assert.ok(healthy.after.rowGroups < 10);
    const output = await merged({ bucketKeys: ['large/c.parquet', 'large/b.parquet'], target: 'large/d.parquet', options: { threshold: '1MiB' } });
    assert.equal(output.after.rows, 42 * 20_000);
    const bytes = await server.object('large/d.parquet');
    assert.deepEqual(await rowsOf(bytes, ['id']), [...await rowsOf(large, ['id']), ...await rowsOf(small, ['id'])]);
    assert.ok(output.traffic.requests.GET <= 16, JSON.stringify(output.traffic));
  });

  it('refuses what glulam refuses, with its words', async () => {
    await server.put('bad/a.parquet', fragmented(1, 100));
    await server.put('bad/b.parquet', 'this is no Parquet file, though it is long enough');
    const { id } = await server.post('/compact', { prefix: 'bad/', target: 'bad.parquet' });
    const { error } = await server.ended(id);
    assert.equal(error.name, 'CorruptFile');
    assert.equal(error.message, 'bad/b.parquet: not a Parquet file: it does not end with PAR1');
    await server.put('parts/day=1/a.parquet', fragmented(1, 100));
    await server.put('parts/day=2/a.parquet', fragmented(1, 100));
    const several = await server.post('/compact', { prefix: 'parts/', target: 'all.parquet' });
    const refused = (await server.ended(several.id)).error;
    assert.equal(refused.name, 'SeveralFolders');
    assert.equal(refused.message, 'the objects lie in several folders (day=1, day=2), which stay apart');
    assert.equal(await server.object('all.parquet'), null);
    await server.put('parts/_delta_log/0.json', '{}');
    const table = await server.post('/compact', { bucketKeys: ['parts/day=1/a.parquet'], target: 'all.parquet' });
    assert.match((await server.ended(table.id)).error.message, /it belongs to a Delta table/);
  });
});
