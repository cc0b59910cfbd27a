// A hundred instances at once: in each one another request to R2 fails, loses its answer, or finds the object overwritten.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, rowsOf, start } from './harness.mjs';

const FIRST = fragmented(3, 500);
const SECOND = fragmented(4, 400, 7);

describe('A compaction', () => {
  let state;
  let server;
  let rows;
  let otherRows;
  /** The requests of a compaction in which nothing fails. */
  let requests;

  before(async () => {
    state = freshState();
    server = await start(state);
    rows = await rowsOf(FIRST);
    otherRows = await rowsOf(SECOND);
    await server.put('second.parquet', SECOND);
    await server.addObject('xplain-0x', FIRST);
    const instance = await server.compacted('xplain-0x');
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    requests = await server.get('/test/requests/xplain-0x');
  });

  after(async () => {
    await server?.dev.stop();
    remove(state);
  });

  /** One instance for each request, all of them at once. */
  async function each(action, check) {
    const names = requests.map((_, i) => `x${action}-${i + 1}x`);
    for (const name of names) {
      await server.addObject(name, FIRST);
    }
    await server.ask('/test/faults', { method: 'POST', body: JSON.stringify(names.map((name, i) => (
      { mark: name, request: i + 1, action, key: name, by: 'second.parquet' }))) });
    const instances = await Promise.all(names.map((name) => server.compacted(name)));
    for (const [i, instance] of instances.entries()) {
      const place = `${action} at request ${i + 1}, ${requests[i]}: ${JSON.stringify(instance.error)}`;
      assert.equal(instance.status, 'complete', place);
      await check(instance, await server.object(names[i]), place);
    }
    assert.deepEqual(await server.leftovers(), []);
  }

  it('asks R2 for what the budget allows', () => {
    assert.ok(requests.length <= 60, requests.join(' '));
    assert.equal(requests.filter((name) => name === 'put').length, 2); // The backup and the result.
  });

  it('survives the failure of any request to R2', () => each('fail', async (instance, bytes, place) => {
    assert.equal(instance.output.flagKept, false, place);
    assert.deepEqual(await rowsOf(bytes), rows, place);
    assert.equal(instance.output.after.rowGroups, 1, place);
  }));

  it('survives the loss of the answer to any request to R2', () => each('lose', async (instance, bytes, place) => {
    assert.deepEqual(await rowsOf(bytes), rows, place);
    assert.equal((await server.dataset(instance.datasetId)).fileSizeBytes, bytes.length, place);
  }));

  it('never loses what others write meanwhile', () => each('overwrite', async (instance, bytes, place) => {
    assert.deepEqual(await rowsOf(bytes), otherRows, place);
    const dataset = await server.dataset(instance.datasetId);
    // Either it was compacted anew, or it is untouched and stays flagged, unless its row was written already.
    const compacted = !bytes.equals(SECOND);
    assert.equal(dataset.fileSizeBytes === bytes.length || !compacted, true, place);
    assert.ok(compacted || instance.output.flagKept || instance.steps.find((step) => step.name === 'update-metadata'), place);
  }));
});
