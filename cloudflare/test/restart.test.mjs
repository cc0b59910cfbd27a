// The Worker's processes are killed while an instance is inside each of the steps; after a restart all of them go on.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, rowsOf, start } from './harness.mjs';

const BYTES = fragmented(2, 200, 3);

/** The step that a request belongs to, by the names of a compaction's requests in their order. */
function stepsOf(requests) {
  const put = requests.indexOf('put');
  return {
    'validate-dataset': requests.indexOf('find') + 1,
    'get-file-metadata': requests.indexOf('head') + 1,
    'analyze-and-compact': requests.indexOf('complete') + 1,
    // The backup, and the conditional put of the result.
    'publish of the backup': put + 1,
    publish: requests.lastIndexOf('put') + 1,
    'update-metadata': requests.indexOf('update') + 1,
    'clean-up': requests.indexOf('list') + 1,
  };
}

describe('After the processes were killed', () => {
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

  it('an instance inside any step goes on, and its object is published once', async () => {
    await server.addObject('xplain-0x', BYTES);
    await server.compacted('xplain-0x');
    const steps = Object.entries(stepsOf(await server.get('/test/requests/xplain-0x')));
    const names = steps.map((_, i) => `xhang-${i + 1}x`);
    for (const name of names) {
      await server.addObject(name, BYTES);
    }
    await server.hangAt(steps.map(([, request], i) => [names[i], request]));
    // The one that hangs in the engine comes last: others would wait for their turn.
    const engines = names[steps.findIndex(([step]) => step === 'analyze-and-compact')];
    await Promise.all(names.filter((name) => name !== engines).map((name) => server.begin(name)));
    await server.untilStill(names);
    await server.begin(engines);
    await server.untilStill(names);
    await server.dev.kill();
    server = await start(state);
    const instances = await server.allEnded(names);
    const rows = await rowsOf(BYTES);
    for (const [i, instance] of instances.entries()) {
      const place = `${steps[i][0]}: ${JSON.stringify(instance.error)}`;
      assert.equal(instance.status, 'complete', place);
      assert.equal(instance.output.flagKept, false, place);
      assert.equal(instance.output.after.rowGroups, 1, place);
      assert.deepEqual(await rowsOf(await server.object(names[i])), rows, place);
      const interrupted = instance.steps.filter((step) => step.attempts.length > 1).map((step) => step.name);
      assert.deepEqual(interrupted, [steps[i][0].split(' ')[0]], place);
    }
    assert.deepEqual(await server.leftovers(), []);
  });
});
