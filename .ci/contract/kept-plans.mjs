// Plans that are carried out.
import assert from 'node:assert/strict';
import { capabilities, check, compacted, key, mark, post, refused } from './server.mjs';

if (capabilities.plans) {
  await check('a plan that was answered can be carried out by its hash', async () => {
    const { json: { planHash, nothingToDo } } = await post('/plan', { bucketKey: key, options: { threshold: '1MiB' } });
    const instance = await compacted({ datasetId: mark, force: true, planHash });
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    assert.equal(instance.output.planHash, planHash);
    assert.equal(instance.output.nothingToDo, nothingToDo);
    assert.equal(instance.request.planHash, planHash);
    refused(await post('/compact', { datasetId: mark, planHash: 'x' }), 400, 'InvalidField', 'planHash');
    refused(await post('/compact', { datasetId: mark, planHash: '0'.repeat(64) }), 400, 'InvalidField', 'planHash');
    refused(await post('/compact', { datasetId: mark, planHash, options: { effort: 'copy' } }), 400, 'InvalidField', 'options');
    refused(await post('/compact', { datasetId: mark, planHash, engine: 'container' }), 400, 'InvalidField', 'engine');
    refused(await post('/plan', { bucketKey: key, planHash }), 400, 'InvalidField', 'planHash');
  });
}
