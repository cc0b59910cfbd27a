import { GlulamError } from 'glulam-engine';
import { tableOf } from '../bucket/tables.ts';
import { MOST_ID_CHARACTERS, type Catalog, type Dataset } from '../catalog/catalog.ts';
import { catalogOf } from '../catalog/connect.ts';
import { inspect } from '../engine/compaction.ts';
import { RESERVED_PREFIX } from '../instance/ids.ts';
import { fragmentsOf, shapeOf } from '../report/shape.ts';
import { ApiError } from '../request/errors.ts';
import { Fields } from '../request/fields.ts';
import { MOST_KEY_BYTES } from '../request/keys.ts';
import { readOptions } from '../request/options.ts';
import { engineSettings } from '../terms/compaction.ts';
import type { Call } from './call.ts';

/** The longest that one call takes, about; the next one goes on after it. */
const MOST_TIME = 20_000;
const MOST_SCANNED = 1000;
/** Of the requests that an invocation may make: each object takes one for its footer and some for tables. */
const USUAL_SCANNED = 100;

interface Wanted {
  readonly flag: boolean;
  readonly add: boolean;
  readonly settings: ReturnType<typeof engineSettings>;
}

let scanning = false;

/** POST /scan: looks through the Parquet objects under a prefix, and flags the datasets of the fragmented ones. */
export async function scan(call: Call): Promise<Response> {
  const fields = Fields.of(await call.body(), ['prefix', 'after', 'limit', 'flag', 'add', 'options']);
  const prefix = fields.text('prefix', MOST_KEY_BYTES) ?? '';
  const after = fields.text('after', MOST_KEY_BYTES) ?? '';
  call.access.require(prefix);
  const limit = fields.number('limit', USUAL_SCANNED, MOST_SCANNED);
  const wanted = {
    flag: fields.flag('flag', true),
    add: fields.flag('add', false),
    settings: engineSettings(await readOptions(fields.body.options)),
  };
  if (scanning) {
    throw new ApiError(503, 'Busy', 'another scan is under way', { remedy: 'try again in a moment' });
  }
  scanning = true;
  try {
    return Response.json(await found(call, prefix, after, limit, wanted));
  } finally {
    scanning = false;
  }
}

async function found(call: Call, prefix: string, after: string, limit: number, wanted: Wanted): Promise<object> {
  const end = Date.now() + MOST_TIME;
  const { objects, next } = await page(call.env.BUCKET, prefix, after, limit, end);
  const catalog = catalogOf(call.env);
  const known = await catalog.withKeys(objects.map((object) => object.key));
  const list: object[] = [];
  let last: string | null = null;
  for (const object of objects) {
    if (last !== null && Date.now() > end) {
      return { objects: list, after: last };
    }
    last = object.key;
    if (!await call.ledger.isLeftover(object.key)) {
      const datasets = known.filter((dataset) => dataset.key === object.key).sort((a, b) => (a.id < b.id ? -1 : 1));
      list.push(await verdict(call, catalog, object, datasets, wanted));
    }
  }
  return { objects: list, after: next };
}

/** The next Parquet objects, and the key to go on after; null at the end. */
async function page(
  bucket: R2Bucket, prefix: string, after: string, limit: number, end: number,
): Promise<{ objects: R2Object[]; next: string | null }> {
  const objects: R2Object[] = [];
  let startAfter = after;
  for (;;) {
    const listed = await bucket.list({ prefix, ...(startAfter === '' ? {} : { startAfter }) });
    for (const [i, object] of listed.objects.entries()) {
      if (object.key.endsWith('.parquet') && !object.key.startsWith(RESERVED_PREFIX)) {
        objects.push(object);
      }
      const more = i + 1 < listed.objects.length || listed.truncated;
      if (objects.length === limit) {
        return { objects, next: more ? object.key : null };
      }
    }
    startAfter = listed.objects.at(-1)?.key ?? '';
    if (!listed.truncated || Date.now() > end) {
      return { objects, next: listed.truncated ? startAfter : null };
    }
  }
}

async function verdict(
  call: Call, catalog: Catalog, object: R2Object, datasets: readonly Dataset[], wanted: Wanted,
): Promise<object> {
  const facts = {
    bucketKey: object.key,
    bytes: object.size,
    datasetId: datasets[0]?.id ?? null,
    flagged: datasets[0]?.compactionNeeded ?? false,
  };
  const table = await tableOf(call.env.BUCKET, object.key);
  if (table !== null) {
    return { ...facts, verdict: 'table', reason: `belongs to a ${table.format} table` };
  }
  try {
    const shape = shapeOf((await inspect(call.env.BUCKET, object, wanted.settings)).shape);
    return {
      ...facts,
      rowGroups: shape.rowGroupSizes.length,
      fragments: fragmentsOf(shape),
      rowGroupsAfter: shape.rowGroupsAfter,
      verdict: shape.compactable ? 'fragmented' : 'healthy',
      ...(shape.compactable ? await flagged(catalog, object.key, datasets, wanted) : {}),
    };
  } catch (failure) {
    if (failure instanceof GlulamError && (failure.kind === 'CorruptFile' || failure.kind === 'Unsupported')) {
      return { ...facts, verdict: 'unreadable', reason: failure.problem };
    }
    throw failure;
  }
}

/** Flags the datasets of a fragmented object, or adds one, where that is wanted. */
async function flagged(
  catalog: Catalog, key: string, datasets: readonly Dataset[], wanted: Wanted,
): Promise<{ flagged?: boolean; datasetId?: string | null; reason?: string }> {
  let first = false;
  for (const dataset of [...datasets].reverse()) {
    first = dataset.compactionNeeded || wanted.flag && await catalog.flag(dataset.id);
  }
  if (datasets.length > 0) {
    return { flagged: first };
  }
  if (!wanted.add) {
    return {};
  }
  if (key.length > MOST_ID_CHARACTERS) {
    return { reason: 'its key is too long to be the id of a dataset' };
  }
  const added = await catalog.add(key, key, wanted.flag);
  return { datasetId: added ? key : null, flagged: added && wanted.flag };
}
