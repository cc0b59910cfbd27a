import { chunks, pages } from '../engine/compaction.ts';
import { lookReport } from '../report/report.ts';
import { shapeOf } from '../report/shape.ts';
import { ApiError, InvalidField } from '../request/errors.ts';
import { Fields } from '../request/fields.ts';
import { MOST_KEY_BYTES, requireKey } from '../request/keys.ts';
import { readOptions } from '../request/options.ts';
import { engineSettings } from '../terms/compaction.ts';
import type { Call } from './call.ts';

/** POST /inspect: an object's row groups, and the column chunks of the first of them. */
export async function inspect(call: Call): Promise<Response> {
  const fields = Fields.of(await call.body(), ['bucketKey', 'options']);
  const key = fields.requireText('bucketKey', MOST_KEY_BYTES);
  requireKey(key);
  call.access.require(key);
  const settings = engineSettings(await readOptions(fields.body.options));
  const answer = await chunks(call.env.BUCKET, await headOf(call, key), settings);
  const shape = shapeOf(answer.shape);
  return Response.json({
    ...lookReport(shape),
    bucketKey: key,
    threshold: shape.threshold,
    rowGroupsAfter: shape.rowGroupsAfter,
    chunks: JSON.parse(answer.chunks) as unknown,
  });
}

/** POST /inspect/pages: the first pages of a column chunk. */
export async function inspectPages(call: Call): Promise<Response> {
  const fields = Fields.of(await call.body(), ['bucketKey', 'rowGroup', 'column']);
  const key = fields.requireText('bucketKey', MOST_KEY_BYTES);
  requireKey(key);
  call.access.require(key);
  const rowGroup = fields.requireIndex('rowGroup');
  const column = fields.requireIndex('column');
  const answer = await pages(call.env.BUCKET, await headOf(call, key), rowGroup, column);
  if (answer.pages === undefined) {
    throw new InvalidField('rowGroup', 'or column: the object has no such chunk');
  }
  return Response.json({ ...JSON.parse(answer.pages) as object, bucketKey: key, rowGroup, column });
}

async function headOf(call: Call, key: string): Promise<R2Object> {
  const head = await call.env.BUCKET.head(key);
  if (head === null) {
    throw new ApiError(404, 'StorageFailed', `${key}: there is no such object`, { remedy: 'check the key' });
  }
  return head;
}
