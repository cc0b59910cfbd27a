import { catalogOf, MOST_ID_CHARACTERS, type Dataset } from '../catalog/catalog.ts';
import type { Call } from './call.ts';
import { ApiError } from './errors.ts';
import { Fields } from './fields.ts';
import { MOST_KEY_BYTES, requireKey, requireNoTable } from './keys.ts';

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
  const body = await call.body();
  requireNoTable(body);
  const fields = Fields.of(body, ['id', 'bucketKey', 'compactionNeeded']);
  const id = fields.requireText('id', MOST_ID_CHARACTERS);
  const key = fields.requireText('bucketKey', MOST_KEY_BYTES);
  requireKey(key);
  call.access.require(key);
  if (!await catalogOf(call.env).add(id, key, fields.flag('compactionNeeded', false))) {
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
