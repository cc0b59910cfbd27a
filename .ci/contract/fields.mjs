// Fields of a compaction that are refused, and keys.
import { check, key, post, refused } from './server.mjs';

const KNOWN = 'is unknown; known are backup, bucketKey, callbackUrl, datasetId, engine, force, instanceId, options, planHash, publish';
const OPTIONS = 'is not an option; known are threshold, targetSize, maxRows, pageSize, order, effort, rewrite, codec, writerCompat,'
  + ' readers, verify, strict';
for (const [body, field, message] of [
  [{}, 'datasetId', 'is required'],
  [{ datasetId: null }, 'datasetId', 'is required'],
  [{ datasetId: 7 }, 'datasetId', 'must be text that is not empty'],
  [{ datasetId: ' ' }, 'datasetId', 'must be text that is not empty'],
  [{ datasetId: 'a\nb' }, 'datasetId', 'holds no control characters'],
  [{ datasetId: 'x'.repeat(101) }, 'datasetId', 'has at most 100 characters'],
  [{ datasetId: 'a', surprise: 1 }, 'surprise', KNOWN],
  [{ datasetId: 'a', bucketKey: 7 }, 'bucketKey', 'must be text that is not empty'],
  [{ datasetId: 'a', instanceId: '-a' }, 'instanceId', 'must match [a-zA-Z0-9_][a-zA-Z0-9_-]{0,99}'],
  [{ datasetId: 'a', instanceId: 'ä' }, 'instanceId', 'must match [a-zA-Z0-9_][a-zA-Z0-9_-]{0,99}'],
  [{ datasetId: 'a', force: 'yes' }, 'force', 'must be true or false'],
  [{ datasetId: 'a', engine: 'jvm' }, 'engine', 'must be one of auto, wasm, container'],
  [{ datasetId: 'a', engine: 1 }, 'engine', 'must be one of auto, wasm, container'],
  [{ datasetId: 'a', publish: 'elsewhere' }, 'publish', 'must be one of in-place, new-key'],
  [{ datasetId: 'a', backup: 7 }, 'backup', 'must be a time like "7d", or "none"'],
  [{ datasetId: 'a', backup: '7 days' }, 'backup', "'7 days' is not a duration; use 10s, 5m, 24h or 7d, for example"],
  [{ datasetId: 'a', callbackUrl: 'https://evil.example/x' }, 'callbackUrl', undefined],
  [{ datasetId: 'a', options: [] }, 'options', 'must be an object'],
  [{ datasetId: 'a', options: { surprise: 1 } }, 'options.surprise', OPTIONS],
  [{ datasetId: 'a', options: { threshold: true } }, 'options.threshold', 'must be a size, like "2MiB", or a number of bytes'],
  [{ datasetId: 'a', options: { threshold: 'much' } }, 'options.threshold',
    "'much' is not a size; write it like 2MiB, 1.5GB or as a number of bytes"],
  [{ datasetId: 'a', options: { threshold: 0 } }, 'options.threshold', undefined],
  [{ datasetId: 'a', options: { targetSize: -1 } }, 'options.targetSize', undefined],
  [{ datasetId: 'a', options: { maxRows: 1.5 } }, 'options.maxRows', 'must be a whole number'],
  [{ datasetId: 'a', options: { maxRows: 0 } }, 'options.maxRows', undefined],
  [{ datasetId: 'a', options: { order: 'random' } }, 'options.order', 'must be one of preserve, healthy-first'],
  [{ datasetId: 'a', options: { effort: 'EXTREME' } }, 'options.effort', 'must be one of copy, balanced, smallest'],
  [{ datasetId: 'a', options: { codec: 7 } }, 'options.codec', 'must be text'],
  [{ datasetId: 'a', options: { codec: 'zip' } }, 'options.codec', undefined],
  [{ datasetId: 'a', options: { codec: 'zstd:99' } }, 'options.codec', undefined],
  [{ datasetId: 'a', options: { strict: 'true' } }, 'options.strict', 'must be true or false'],
  [{ datasetId: 'a', options: { readers: 'spark' } }, 'options.readers', 'must be a list of engines'],
  [{ datasetId: 'a', options: { readers: ['spark,duckdb'] } }, 'options.readers', 'must be a list of engines'],
  [{ datasetId: 'a', options: { readers: ['nobody'] } }, 'options.readers', undefined],
]) {
  await check(`POST /compact refuses ${JSON.stringify(body).slice(0, 70)}`, async () =>
    refused(await post('/compact', body), 400, 'InvalidField', field, message));
}

for (const bad of ['/a', 'a//b', 'a/', './a', 'a/../b', '..', 'a\\b', 'c:/a', 'a%2e%2e/b', 'a%252Fb', 'a%00b', `${'ä'.repeat(600)}`]) {
  await check(`no object has the key ${bad.slice(0, 20)}`, async () => {
    refused(await post('/compact', { datasetId: 'a', bucketKey: bad }), 400, 'InvalidField', 'bucketKey');
    refused(await post('/plan', { bucketKey: bad }), 400, 'InvalidField', 'bucketKey');
    refused(await post('/datasets', { id: 'a', bucketKey: bad }), 400, 'InvalidField', 'bucketKey');
  });
}
