// A hundred instances at once, eight of them under way: in half of them another request, to R2 or the catalog, fails, loses
// its answer, or finds the object overwritten.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, rowsOf, start } from './harness.mjs';

const FIRST = fragmented(2, 200);
const SECOND = fragmented(3, 150, 7);
const HUNDRED = 100;

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
    const faults = ['fail', 'lose', 'overwrite'].flatMap((action) => requests.map((_, i) => (
      { mark: nameOf(action, i), request: i + 1, action, key: nameOf(action, i), by: 'second.parquet' })));
    const marks = Array.from({ length: HUNDRED }, (_, i) => faults[i]?.mark ?? nameOf('plain', i));
    assert.ok(faults.length < HUNDRED);
    await Promise.all(marks.map((mark) => server.addObject(mark, FIRST)));
    await server.ask('/test/faults', { method: 'POST', body: JSON.stringify(faults) });
    await Promise.all(marks.map((mark) => server.begin(mark)));
    await server.allEnded([]);
  });

  after(async () => {
    await server?.dev.stop();
    remove(state);
  });

  const nameOf = (action, i) => `x${action}-${i + 1}x`;

  /** What every instance of an action came to: each has had it at another request. */
  async function each(action, check) {
    for (const [i, request] of requests.entries()) {
      const name = nameOf(action, i);
      const instance = await server.get(`/status/${name}`);
      const place = `${action} at request ${i + 1}, ${request}: ${JSON.stringify(instance.error)}`;
      assert.equal(instance.status, 'complete', place);
      await check(instance, await server.object(name), place);
    }
  }

  it('is done a hundred times at once', async () => {
    const { counts } = await server.get('/instances?limit=1');
    assert.deepEqual(counts, { complete: HUNDRED + 1 });
  });

  it('leaves nothing temporary behind, whatever failed', async () => {
    assert.deepEqual(await server.leftovers(), []);
  });

  it('asks R2 for what the budget allows', () => {
    assert.ok(requests.filter((name) => name !== 'find' && name !== 'update').length <= 20, requests.join(' '));
    assert.equal(requests.filter((name) => name === 'put').length, 2); // The backup and the result.
  });

  it('survives the failure of any request', () => each('fail', async (instance, bytes, place) => {
    assert.equal(instance.output.flagKept, false, place);
    assert.deepEqual(await rowsOf(bytes), rows, place);
    assert.equal(instance.output.after.rowGroups, 1, place);
  }));

  it('survives the loss of the answer to any request', () => each('lose', async (instance, bytes, place) => {
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
