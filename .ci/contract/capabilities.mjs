// What the server has and lacks.
import assert from 'node:assert/strict';
import { ask, capabilities, check, compacted, key, mark, post, refused } from './server.mjs';

await check('what the server has, it tells', async () => {
  assert.deepEqual(Object.keys(capabilities),
    ['engines', 'publish', 'callbacks', 'compactions', 'feed', 'folderMerges', 'merges', 'metrics', 'plans', 'scan', 'tables', 'webhooks']);
  assert.ok(capabilities.engines.length > 0);
});

await check('engines are those that are told, and auto', async () => {
  for (const engine of ['wasm', 'container']) {
    for (const [path, body] of [['/compact', { datasetId: mark, engine }], ['/plan', { bucketKey: key, engine }]]) {
      const answer = await post(path, body);
      if (capabilities.engines.includes(engine)) {
        assert.ok(answer.status === 202 || answer.status === 200, answer.text);
      } else {
        refused(answer, 501, 'NotSupported', undefined, `this server lacks the engine ${engine}`);
      }
    }
  }
  const auto = await compacted({ datasetId: mark, engine: 'auto' });
  assert.equal(auto.output.skipped, true);
  assert.deepEqual(auto.request, { force: false, options: {}, engine: 'auto', publish: 'in-place', backup: '7d' });
});

await check('what the server lacks is 501', async () => {
  for (const [capability, method, path, body] of [['scan', 'POST', '/scan', { prefix: mark }], ['metrics', 'GET', '/metrics'],
    ['webhooks', 'POST', '/hooks/supabase', { type: 'DELETE', table: 'datasets' }], ['feed', 'GET', '/feed'],
    ['compactions', 'POST', '/compactions', {}], ['merges', 'POST', '/compact', { prefix: 'a/' }],
    ['plans', 'POST', '/compact', { datasetId: mark, planHash: '0'.repeat(64) }]]) {
    const answer = await ask(method, path, { body });
    if (capabilities[capability]) {
      assert.ok([200, 400].includes(answer.status), answer.text);
    } else {
      refused(answer, 501, 'NotSupported');
    }
  }
});
