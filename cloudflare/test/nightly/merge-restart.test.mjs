// The Worker's processes are killed while merges, into a folder and into one object, hang inside each of their steps; after a restart
// all of them go on, and take each row once.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fragmented } from '../../scripts/fragmented.mjs';
import { freshState, remove, rowsOf, start } from '../harness.mjs';

const INPUTS = [3, 4].map((seed) => fragmented(2, 200, seed));
/** All of them hang at once. */
const MANY = { vars: { GLULAM_CONCURRENCY: '64' } };

const ids = async (bytes) => (await rowsOf(bytes, ['id'])).map(({ id }) => Number(id));

/** A kind of merges: the names of what it asks for, and what a merge has left behind. */
const KINDS = {
  folder: {
    target: (name) => `${name}/out/`,
    more: { targetFileSize: 1, options: { threshold: 1 } }, // An object for each row group.
    steps: ['analyze-and-compact', 'clean-up', 'get-file-metadata', 'publish', 'update-metadata'], // The first one asks the ledger alone.
    check: async (server, { id, output }, place) => {
      assert.ok(output.outputs.length > 1, place);
      const { outputs, pending } = JSON.parse(await server.object(`${id}/out/_glulam_manifest.json`));
      assert.deepEqual([outputs.length, pending], [output.outputs.length, []], place);
      const listed = await server.get(`/test/list/${encodeURIComponent(`${id}/out/`)}`);
      assert.equal(listed.filter((key) => key.endsWith('.parquet')).length, output.outputs.length, place);
    },
  },
  object: {
    target: (name) => `${name}.parquet`,
    more: {},
    steps: ['analyze-and-compact', 'clean-up', 'get-file-metadata', 'publish', 'update-metadata', 'validate-dataset'],
    check: async (_, { output }, place) => assert.equal(output.outputs.length, 1, place),
  },
};

for (const [kind, { target, more, steps, check }] of Object.entries(KINDS)) {
  describe(`After the processes were killed, a merge into ${kind === 'folder' ? 'a folder' : 'one object'}`, () => {
    let state;
    let server;
    let rows;
    /** The requests of a merge that nothing interrupts. */
    let requests;

    before(async () => {
      state = freshState();
      server = await start(state, MANY);
      rows = (await Promise.all(INPUTS.map(ids))).flat();
      await prepare(`x${kind}-0x`);
      await begin(`x${kind}-0x`);
      assert.equal((await server.ended(`x${kind}-0x`)).status, 'complete');
      requests = await server.get(`/test/requests/x${kind}-0x`);
    });

    after(async () => {
      await server?.dev.stop();
      remove(state);
    });

    async function prepare(name) {
      await Promise.all(INPUTS.map((bytes, i) => server.put(`${name}/in/part-${i}.parquet`, bytes)));
      await server.post('/datasets', { id: name, bucketKey: `${name}/in/part-0.parquet`, compactionNeeded: true });
    }

    function begin(name) {
      return server.post('/compact', { prefix: `${name}/in/`, target: target(name), instanceId: name, ...more });
    }

    /**
     * Kills the processes while a merge hangs at each of those requests, and looks at what they have come to.
     *
     * @param engine one of them that is the engine's, which others would wait for: it hangs last
     * @returns the steps that were interrupted
     */
    async function killed(numbers, engine, prefix) {
      const nameOf = (number) => `x${prefix}-${number}x`;
      const names = [...numbers, engine].map(nameOf);
      await Promise.all(names.map(prepare));
      await server.hangAt([...numbers, engine].map((number) => [nameOf(number), number]));
      await Promise.all(numbers.map((number) => begin(nameOf(number))));
      await server.untilStill(names);
      await begin(nameOf(engine));
      await server.untilStill(names);
      await server.dev.kill();
      server = await start(state, MANY);
      const interrupted = [];
      for (const instance of await server.allEnded(names)) {
        const place = `${instance.id}, ${requests[instance.id.match(/\d+/)[0] - 1]}: ${JSON.stringify(instance.error)}`;
        assert.equal(instance.status, 'complete', place);
        const found = [];
        for (const { bucketKey } of instance.output.outputs) {
          found.push(...await ids(await server.object(bucketKey)));
        }
        assert.deepEqual(found, rows, place);
        await check(server, instance, place);
        assert.equal((await server.dataset(instance.id)).compactionNeeded, false, place);
        const again = instance.steps.filter(({ attempts }) => attempts.length > 1).map(({ name }) => name);
        assert.equal(again.length, 1, `${place} ${again.join()}`);
        interrupted.push(again[0]);
      }
      assert.deepEqual(await server.leftovers(), []);
      return interrupted;
    }

    /** Of the requests after the upload begins, the first that is not the engine's: the step publish lists a folder, or puts an object. */
    const published = () => requests.findIndex((name, i) => i > requests.lastIndexOf('complete') && (name === 'list' || name === 'put'));

    it('goes on from any of its steps', async () => {
      const engine = requests.lastIndexOf('complete') + 1;
      const before = requests.indexOf('createMultipartUpload');
      // A get before the upload may be the engine's, too.
      const others = requests.map((_, i) => i + 1).filter((number) => number > published()
        || number <= before && requests[number - 1] !== 'get');
      const interrupted = await killed(others, engine, `${kind}step`);
      assert.deepEqual([...new Set(interrupted)].sort(), steps);
    });
  });
}
