// Merges: of objects into a new one, or into a folder.
import assert from 'node:assert/strict';
import { capabilities, check, compacted, get, INSTANCE, key, mark, post, refused, STEPS } from './server.mjs';

if (capabilities.merges) {
  const one = `${mark}/in/one.parquet`;
  const merge = (body) => compacted({ ...body });
  const sumsOf = ({ files, bytes, rows, rowGroups }) => ({ files, bytes, rows, rowGroups });

  for (const [body, field, message] of [
    [{ prefix: 'a/' }, 'target', 'is required'],
    [{ target: 'b' }, 'bucketKeys', 'a merge takes bucketKeys or a prefix'],
    [{ prefix: 'a/', bucketKeys: ['a/b'], target: 'c' }, 'prefix', 'a merge takes bucketKeys or a prefix'],
    [{ bucketKeys: [], target: 'c' }, 'bucketKeys', 'must be a list of 1 to 1000 texts'],
    [{ bucketKeys: ['a', 'a'], target: 'c' }, 'bucketKeys[1]', 'is named twice'],
    [{ bucketKeys: ['a', 7], target: 'c' }, 'bucketKeys[1]', 'must be text that is not empty'],
    [{ bucketKeys: ['a', '/b'], target: 'c' }, 'bucketKeys[1]', undefined],
    [{ bucketKeys: ['a', 'c'], target: 'c' }, 'bucketKeys[1]', 'is the target, too'],
    [{ bucketKeys: ['a'], target: '../c' }, 'target', undefined],
    [{ bucketKeys: ['a'], target: 'c', olderThan: '1h' }, 'olderThan', 'needs a prefix'],
    [{ bucketKeys: ['a'], target: 'c', minFileSize: 7 }, 'minFileSize', 'needs a prefix'],
    [{ bucketKeys: ['a'], target: 'c', targetFileSize: '1MiB' }, 'targetFileSize', 'needs a target that ends with a slash'],
    [{ bucketKeys: ['a'], target: 'c', mismatch: 'group' }, 'mismatch', 'needs a target that ends with a slash'],
    [{ prefix: 'a', target: 'c' }, 'prefix', 'ends with a slash'],
    [{ prefix: 'a*/', target: 'c' }, 'prefix', 'holds no * or ?'],
    [{ prefix: 'a/', target: 'a/c' }, 'target', 'lies under the prefix, where the next merge would take it'],
    [{ prefix: 'a/', target: 'c', olderThan: 'long' }, 'olderThan', "'long' is not a duration; use 10s, 5m, 24h or 7d, for example"],
    [{ prefix: 'a/', target: 'c', minFileSize: 'much' }, 'minFileSize',
      "'much' is not a size; write it like 2MiB, 1.5GB or as a number of bytes"],
    [{ prefix: 'a/', target: 'c', minFileSize: true }, 'minFileSize', 'must be a size, like "2MiB", or a number of bytes'],
    [{ prefix: 'a/', target: 'c', minFileSize: 0 }, 'minFileSize', 'must be at least one byte'],
    [{ prefix: 'a/', target: 'c', metadata: 'all' }, 'metadata', 'must be one of common, first, fail'],
    [{ prefix: 'a/', target: 'c', widen: 1 }, 'widen', 'must be true or false'],
    [{ prefix: 'a/', target: 'c', inputOrder: 'min:' }, 'inputOrder', 'must be path or min:COLUMN'],
    [{ prefix: 'a/', target: 'c', minInputFiles: 0 }, 'minInputFiles', 'must be a whole number from 1 to 10000'],
    [{ prefix: 'a/', target: 'c', options: { effort: 'EXTREME' } }, 'options.effort', 'must be one of copy, balanced, smallest'],
    [{ prefix: 'a/', target: 'c', replace: true }, 'replace', 'is unknown; known are bucketKeys, callbackUrl, inputOrder, instanceId, '
      + 'metadata, minFileSize, minInputFiles, mismatch, olderThan, options, prefix, target, targetFileSize, widen'],
  ]) {
    await check(`no merge is ${JSON.stringify(body).slice(0, 90)}`, async () =>
      refused(await post('/compact', body), 400, 'InvalidField', field, message));
  }

  await check('objects are merged into a new one, which their datasets learn', async () => {
    await post('/datasets', { id: `${mark}-in`, bucketKey: one, compactionNeeded: true });
    await post('/datasets', { id: `${mark}-two`, bucketKey: `${mark}/two.parquet`, compactionNeeded: true });
    const first = await merge({ bucketKeys: [key], target: one });
    assert.equal(first.status, 'complete', JSON.stringify(first.error));
    assert.equal(first.output.outcome, 'MERGED');
    const { before } = first.output;
    assert.ok(before.rowGroups > first.output.after.rowGroups);
    const instance = await merge({ bucketKeys: [key, one], target: `${mark}/two.parquet`, instanceId: `${mark}-two` });
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    assert.deepEqual(Object.keys(instance), INSTANCE);
    assert.equal(instance.datasetId, null);
    assert.equal(instance.bucketKey, `${mark}/two.parquet`);
    assert.deepEqual(instance.request, { bucketKeys: [key, one], target: `${mark}/two.parquet` });
    const names = instance.steps.map((step) => step.name);
    assert.deepEqual(names.filter((name) => STEPS.includes(name)), STEPS);
    const { output } = instance;
    assert.equal(output.skipped, false);
    assert.equal(output.published, true);
    assert.equal(output.outcome, 'MERGED');
    assert.equal(output.bucketKey, `${mark}/two.parquet`);
    assert.deepEqual(sumsOf(output.before), { files: 2, bytes: before.bytes + first.output.after.bytes, rows: 2 * before.rows,
      rowGroups: before.rowGroups + first.output.after.rowGroups });
    assert.equal(output.after.files, 1);
    assert.equal(output.after.rows, 2 * before.rows);
    assert.deepEqual(output.passedOver, {});
    assert.deepEqual(output.left, []);
    for (const field of ['bytesRead', 'bytesWritten', 'dropped', 'publishedAt']) {
      assert.ok(output[field] !== undefined, field);
    }
    const [{ size, version }] = output.outputs;
    assert.equal(typeof version, 'string');
    assert.deepEqual(output.outputs, [{ bucketKey: `${mark}/two.parquet`, size, version, rows: output.after.rows,
      rowGroups: output.after.rowGroups }]);
    assert.equal(output.flagKept, false);
    const told = (datasetId, bucketKey) => ({ datasetId, bucketKey, flagKept: false });
    const ours = output.datasets.filter(({ datasetId }) => datasetId.startsWith(mark)); // Another server may know the key, too.
    assert.deepEqual(ours, [told(`${mark}-in`, one), told(`${mark}-two`, `${mark}/two.parquet`)]);
    const { json } = await get(`/datasets?limit=500&after=${mark}-`);
    assert.deepEqual(json.datasets.filter(({ id: name }) => [`${mark}-in`, `${mark}-two`].includes(name)), [
      { id: `${mark}-in`, bucketKey: one, compactionNeeded: false, lastCompactedAt: output.publishedAt,
        fileSizeBytes: first.output.outputs[0].size },
      { id: `${mark}-two`, bucketKey: `${mark}/two.parquet`, compactionNeeded: false, lastCompactedAt: output.publishedAt,
        fileSizeBytes: size }]);
  });

  await check('a prefix stands for its objects, or for none', async () => {
    const instance = await merge({ prefix: `${mark}/in/`, target: `${mark}/prefix.parquet`, options: { threshold: 1 } });
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    assert.equal(instance.output.outcome, 'NOTHING_GAINED');
    assert.equal(instance.output.nothingToDo, true);
    assert.equal(instance.output.reason, 'every new object would be one of the old ones as it is');
    assert.equal(instance.output.published, false);
    assert.deepEqual(instance.output.outputs, []);
    const few = await merge({ prefix: `${mark}/in/`, target: `${mark}/few.parquet`, minFileSize: 1 });
    assert.equal(few.output.outcome, 'NO_CANDIDATES');
    assert.equal(few.output.reason, 'there is no object to merge');
    const pinned = few.steps.find((step) => step.name === 'get-file-metadata').output;
    assert.deepEqual(pinned, { objects: 0, size: 0, passedOver: { LARGE: 1 }, passedOverKeys: [one], inputs: [], datasets: [] });
    const young = await merge({ prefix: `${mark}/in/`, target: `${mark}/young.parquet`, olderThan: '1h' });
    assert.equal(young.output.outcome, 'NO_CANDIDATES');
  });

  await check('too few objects are left as they are', async () => {
    const { output } = await merge({ bucketKeys: [key, one], target: `${mark}/three.parquet`, minInputFiles: 3 });
    assert.equal(output.outcome, 'NO_CANDIDATES');
    assert.deepEqual(output.passedOver, { FEW: 2 });
    assert.deepEqual(output.left, [key, one]);
    assert.equal(output.datasets.find(({ bucketKey }) => bucketKey === one).reason, 'the object was not merged');
  });

  await check('a merge that cannot be carried out says why', async () => {
    const taken = await merge({ bucketKeys: [key], target: one });
    assert.equal(taken.status, 'errored');
    assert.deepEqual(taken.error, { name: 'TargetExists', message: `there is an object ${one} already`,
      remedy: 'ask for a merge into another target' });
    const missing = await merge({ bucketKeys: [key, `${mark}/none.parquet`], target: `${mark}/new.parquet` });
    assert.equal(missing.error.name, 'ObjectMissing');
    assert.equal(missing.error.message, `there is no object ${mark}/none.parquet`);
    for (const day of [1, 2]) {
      await merge({ bucketKeys: [key], target: `${mark}/days/day=${day}/a.parquet` });
    }
    const several = await merge({ prefix: `${mark}/days/`, target: `${mark}/new.parquet` });
    assert.deepEqual(several.error, { name: 'SeveralFolders',
      message: 'the objects lie in several folders (day=1, day=2), which stay apart',
      remedy: 'merge those of each folder into a target of their own' });
    const unknown = await merge({ bucketKeys: [key, one], target: `${mark}/new.parquet`, inputOrder: 'min:nothing' });
    assert.equal(unknown.error.name, 'Unsupported', JSON.stringify(unknown));
  });

  if (capabilities.folderMerges) {
    const keysOf = ({ output }) => output.outputs.map(({ bucketKey }) => bucketKey);

    await check('objects are merged into a folder, and later ones into the same folder', async () => {
      const target = `${mark}/folder/`;
      const first = await merge({ bucketKeys: [key, one], target });
      assert.equal(first.status, 'complete', JSON.stringify(first.error));
      assert.equal(first.bucketKey, target);
      const { output } = first;
      assert.equal(output.outcome, 'MERGED');
      assert.equal(output.published, true);
      assert.equal(output.bucketKey, target);
      const { before, after } = output;
      assert.equal(before.files, 2);
      const [{ size, version }] = output.outputs;
      assert.equal(typeof version, 'string');
      assert.deepEqual(output.outputs, [{ bucketKey: `${target}part-00000.parquet`, size, version, rows: before.rows,
        rowGroups: after.rowGroups }]);
      assert.deepEqual({ files: after.files, bytes: after.bytes, rows: after.rows }, { files: 1, bytes: size, rows: before.rows });
      assert.equal(output.datasets.find(({ bucketKey }) => bucketKey === one).flagKept, false);
      const again = await merge({ bucketKeys: [key, one], target });
      assert.equal(again.output.outcome, 'NO_CANDIDATES', JSON.stringify(again.error));
      assert.deepEqual(again.output.passedOver, { MERGED: 2 });
      assert.equal(again.output.reason, 'there is no object to merge');
      const more = await merge({ bucketKeys: [key, one, `${mark}/two.parquet`], target });
      assert.deepEqual(keysOf(more), [`${target}part-00001.parquet`]);
      assert.deepEqual(more.output.passedOver, { MERGED: 2 });
      assert.equal(more.output.after.rows, before.rows);
    });

    await check('partitions stay apart in a folder, and large objects become several', async () => {
      for (const day of [1, 2]) {
        await merge({ bucketKeys: [key], target: `${mark}/days/day=${day}/b.parquet` });
      }
      const target = `${mark}/parts/`;
      const parts = await merge({ prefix: `${mark}/days/`, target });
      assert.deepEqual(keysOf(parts), [`${target}day=1/part-00000.parquet`, `${target}day=2/part-00000.parquet`]);
      const small = await merge({ bucketKeys: [key, one], target: `${mark}/small/`, targetFileSize: 1, options: { threshold: 1 } });
      assert.ok(small.output.after.files > 2, JSON.stringify(small));
      assert.equal(small.output.after.rows, small.output.before.rows);
      assert.deepEqual(keysOf(small), small.output.outputs.map((_, i) => `${mark}/small/part-${String(i).padStart(5, '0')}.parquet`));
    });

    await check('a folder that holds other files is refused', async () => {
      const { status, error } = await merge({ bucketKeys: [key], target: `${mark}/in/` });
      assert.equal(status, 'errored');
      assert.equal(error.name, 'StorageFailed');
      assert.match(error.message, /it holds Parquet files that no merge into it has recorded, such as one\.parquet$/);
    });
  } else {
    await check('a merge into a folder is 501', async () => refused(await post('/compact', { bucketKeys: [key], target: 'a/' }), 501,
      'NotSupported', undefined, 'this server lacks merges into folders'));
  }
}
