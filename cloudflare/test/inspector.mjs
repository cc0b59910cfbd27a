// How much memory the Worker's isolate has, garbage included: asked by its inspector while it works.
import assert from 'node:assert/strict';

const EVERY = 60;

/**
 * Returns the most bytes in array buffers, for each phase of the newest instance; `heap` is the used heap.
 *
 * @param work ends with an instance
 */
export async function mostBuffersWhile(server, work) {
  const usage = await inspected(server);
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
  const { heap: _, ...buffers } = most;
  return buffers;
}

/** Asks V8 for the usage of the Worker's isolate. */
async function inspected(server) {
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
