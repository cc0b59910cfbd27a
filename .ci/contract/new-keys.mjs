// Compactions to a new key.
import assert from 'node:assert/strict';
import { capabilities, check, compacted, key, mark } from './server.mjs';

if (capabilities.publish.includes('new-key')) {
  await check('a plan that gains nothing makes no new object either', async () => {
    const { output } = await compacted({ datasetId: mark, force: true, publish: 'new-key' });
    assert.equal(output.published, false);
    assert.equal(output.bucketKey, key);
  });
}
