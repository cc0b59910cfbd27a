import { MOST_ID_CHARACTERS, type Dataset } from '../catalog/catalog.ts';
import { catalogOf } from '../catalog/connect.ts';
import { ApiError, InvalidField } from '../request/errors.ts';
import { Fields } from '../request/fields.ts';
import { MOST_KEY_BYTES, requireKey } from '../request/keys.ts';
import type { Call } from './call.ts';
import { requireTable } from './tables.ts';

const LISTED = 50;
const MOST_LISTED = 500;

/** GET /datasets. */
export async function list(call: Call): Promise<Response> {
  const query = call.query('after', 'flagged', 'limit');
  const limit = call.number('limit', LISTED, MOST_LISTED);
  const flagged = query.flagged ?? 'false';
  if (flagged !== 'true' && flagged !== 'false') {
    throw new ApiError(400, 'InvalidQuery', 'must be true or false', { field: 'flagged' });
  }
  const datasets = await catalogOf(call.env).list(query.after ?? '', flagged === 'true', limit);
  return Response.json({
    datasets: datasets.filter((dataset) => call.access.allows(dataset.key)).map(shown),
    after: datasets.length === limit ? datasets.at(-1)!.id : null,
  });
}

/** POST /datasets. */
export async function add(call: Call): Promise<Response> {
  const fields = Fields.of(await call.body(), ['id', 'bucketKey', 'table', 'compactionNeeded']);
  const id = fields.requireText('id', MOST_ID_CHARACTERS);
  const table = fields.text('table', MOST_KEY_BYTES);
  const key = table ?? fields.requireText('bucketKey', MOST_KEY_BYTES);
  if (table === null) {
    requireKey(key);
    call.access.require(key);
  } else if (fields.text('bucketKey', MOST_KEY_BYTES) !== null) {
    throw new InvalidField('table', 'takes the place of bucketKey');
  } else {
    await requireTable(call, id, table);
  }
  const flagged = fields.flag('compactionNeeded', false);
  if (!await catalogOf(call.env).add(id, key, flagged)) {
    throw new ApiError(409, 'Conflict', 'a dataset of this id exists');
  }
  return Response.json(shown(await find(call, id)), { status: 201 });
}

/** POST /datasets/{id}/flag. */
export async function flag(call: Call): Promise<Response> {
  Fields.of(await call.body(), []);
  const id = call.parameter('id');
  if (!call.access.allows((await find(call, id)).key) || !await catalogOf(call.env).flag(id)) {
    throw missing();
  }
  return Response.json(shown(await find(call, id)));
}

async function find(call: Call, id: string): Promise<Dataset> {
  const dataset = await catalogOf(call.env).find(id);
  if (dataset === null) {
    throw missing();
  }
  return dataset;
}

function missing(): ApiError {
  return ApiError.notFound('there is no such dataset');
}

function shown(dataset: Dataset): Record<string, unknown> {
  const { id, key, compactionNeeded, lastCompactedAt, fileSizeBytes } = dataset;
  return { id, bucketKey: key, compactionNeeded, lastCompactedAt, fileSizeBytes };
}
