// How much memory the isolate has in array buffers, garbage included, while it compacts 89 MB of fragments and while it merges
// 24 objects: asked by its inspector, in a heap of 64 MB.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fragmented } from '../../scripts/fragmented.mjs';
import { freshState, remove, start } from '../harness.mjs';

const MOST_TO_PLAN = 48e6;
/** The arena, a part of the upload, and windows beside. */
const MOST = 52e6;
const EVERY = 60;

describe('Array buffers', () => {
  let state;
  let server;

  before(async () => {
    state = freshState();
    server = await start(state, { env: { MINIFLARE_WORKERD_V8_FLAGS: '--max-heap-size=64' } });
  });

  after(async () => {
    await server?.dev.stop();
    remove(state);
  });

  it('are bounded while an object is compacted', async () => {
    await server.addObject('large', fragmented(62, 150_000));
    const most = await mostWhile(() => server.compacted('large', { backup: 'none' }));
    assert.ok(most.plan <= MOST_TO_PLAN && Math.max(...Object.values(most)) <= MOST, JSON.stringify(most));
  });

  it('are bounded while objects are merged', async () => {
    for (let i = 0; i < 24; i++) {
      await server.put(`many/part-${i}.parquet`, fragmented(2, 60_000, i));
    }
    const most = await mostWhile(async () => {
      const { id } = await server.post('/compact', { prefix: 'many/', target: 'all.parquet' });
      return server.ended(id);
    });
    assert.ok(most.plan <= MOST_TO_PLAN && Math.max(...Object.values(most)) <= MOST, JSON.stringify(most));
  });

  /** Bytes at most, for each phase. */
  async function mostWhile(work) {
    const usage = await inspected();
    const most = {};
    let samples = 0;
    let done = false;
    const watched = (async () => {
      while (!done) {
        const { backingStorageSize, usedSize } = await usage.ask();
        const { instances: [instance] } = await server.get('/instances?limit=1');
        const phase = instance?.progress?.phase ?? 'plan';
        most[phase] = Math.max(most[phase] ?? 0, backingStorageSize);
        most.heap = Math.max(most.heap ?? 0, usedSize);
        samples++;
        await new Promise((resolve) => setTimeout(resolve, EVERY));
      }
    })();
    const instance = await work();
    done = true;
    await watched;
    usage.close();
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    console.log(`${samples} samples: ${JSON.stringify(most)}; ${JSON.stringify(instance.output.traffic)}`);
    delete most.heap;
    return most;
  }

  /** Asks V8 for the usage of the Worker's isolate. */
  async function inspected() {
    const targets = await (await fetch(`http://127.0.0.1:${server.dev.inspector}/json`)).json();
    const socket = new WebSocket(targets[0].webSocketDebuggerUrl, { headers: { Origin: 'http://localhost' } });
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error('the inspector does not answer'));
    });
    const waiting = new Map();
    socket.onmessage = ({ data }) => {
      const { id, result } = JSON.parse(data);
      waiting.get(id)?.(result);
      waiting.delete(id);
    };
    let last = 0;
    return {
      ask: () => new Promise((resolve) => {
        waiting.set(++last, resolve);
        socket.send(JSON.stringify({ id: last, method: 'Runtime.getHeapUsage' }));
      }),
      close: () => socket.close(),
    };
  }
});
