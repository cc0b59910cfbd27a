// Looking at objects: their row groups and column chunks, and which gain by a compaction.
import assert from 'node:assert/strict';
import { capabilities, check, key, mark, post, refused } from './server.mjs';

await check('an object shows its row groups and its first column chunks', async () => {
  const { status, json, text } = await post('/inspect', { bucketKey: key });
  assert.equal(status, 200, text);
  assert.deepEqual(Object.keys(json).sort(), ['before', 'bucketKey', 'chunks', 'picture', 'reads', 'rowGroupsAfter', 'threshold']);
  const { columns, columnCount, rowGroupCount, rowGroups, forms, chunks } = json.chunks;
  assert.equal(rowGroupCount, json.before.rowGroups);
  assert.ok(json.rowGroupsAfter < rowGroupCount);
  assert.equal(columns.length, Math.min(100, columnCount));
  assert.equal(rowGroups.length, Math.min(100, rowGroupCount));
  assert.equal(chunks.length, rowGroups.length);
  for (const [i, [bytes, rows]] of rowGroups.entries()) {
    assert.ok(rows > 0);
    assert.equal(chunks[i].length, columns.length);
    if (columns.length === columnCount) {
      assert.equal(chunks[i].reduce((sum, [size]) => sum + size, 0), bytes);
    }
    for (const [size, unpacked, form, values, nulls] of chunks[i]) {
      assert.ok(size > 0 && unpacked > 0 && values >= rows && (nulls === null || nulls <= values));
      assert.match(forms[form].codec, /^[A-Z_]+$/);
      assert.ok(forms[form].encodings.length > 0);
    }
  }
});

await check('a threshold changes what is a fragment', async () => {
  const { json } = await post('/inspect', { bucketKey: key, options: { threshold: 1 } });
  assert.equal(json.threshold, 1);
  assert.equal(json.before.fragments, 0);
  assert.equal(json.rowGroupsAfter, json.before.rowGroups);
});

await check('a column chunk shows its first pages', async () => {
  const { json: { chunks } } = await post('/inspect', { bucketKey: key });
  for (const [column, [size, , , values]] of chunks.chunks[1].entries()) {
    const { status, json, text } = await post('/inspect/pages', { bucketKey: key, rowGroup: 1, column });
    assert.equal(status, 200, text);
    assert.deepEqual(Object.keys(json).sort(), ['bucketKey', 'column', 'isComplete', 'pages', 'rowGroup']);
    assert.equal(json.isComplete, true);
    assert.equal(json.pages.reduce((sum, page) => sum + page.bytes, 0), size);
    const data = json.pages.filter(({ type }) => type !== 'DICTIONARY_PAGE');
    assert.equal(data.reduce((sum, page) => sum + page.values, 0), values);
    // Nothing tells the rows of pages of version 1 whose values repeat, where there is no page index.
    if (data.every(({ rows }) => rows !== null)) {
      assert.equal(data.reduce((sum, page) => sum + page.rows, 0), chunks.rowGroups[1][1]);
    }
  }
});

await check('what cannot be looked at is told by its status', async () => {
  refused(await post('/inspect', {}), 400, 'InvalidField', 'bucketKey', 'is required');
  refused(await post('/inspect', { bucketKey: key, surprise: 1 }), 400, 'InvalidField', 'surprise',
    'is unknown; known are bucketKey, options');
  refused(await post('/inspect', { bucketKey: 'a/../b' }), 400, 'InvalidField', 'bucketKey');
  refused(await post('/inspect', { bucketKey: key, options: { threshold: 'much' } }), 400, 'InvalidField', 'options.threshold');
  refused(await post('/inspect', { bucketKey: `${mark}/none.parquet` }), 404, 'StorageFailed');
  refused(await post('/inspect/pages', { bucketKey: key }), 400, 'InvalidField', 'rowGroup', 'is required');
  refused(await post('/inspect/pages', { bucketKey: key, rowGroup: 0, column: -1 }), 400, 'InvalidField', 'column',
    'must be a whole number from 0 on');
  for (const chunk of [{ rowGroup: 1e6, column: 0 }, { rowGroup: 0, column: 1e6 }]) {
    refused(await post('/inspect/pages', { bucketKey: key, ...chunk }), 400, 'InvalidField', 'rowGroup',
      'or column: the object has no such chunk');
  }
  refused(await post('/inspect/pages', { bucketKey: `${mark}/none.parquet`, rowGroup: 0, column: 0 }), 404, 'StorageFailed');
});

if (capabilities.scan) {
  await check('a scan tells how many row groups a compaction would leave', async () => {
    const { json, text } = await post('/scan', { prefix: key, flag: false });
    const [object] = json.objects;
    assert.equal(object.bucketKey, key, text);
    assert.equal(object.verdict, 'fragmented');
    assert.ok(object.rowGroupsAfter < object.rowGroups, text);
  });
}
