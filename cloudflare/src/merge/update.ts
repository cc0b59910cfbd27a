import type { Catalog, UpdateResult } from '../catalog/catalog.ts';
import { catalogOf } from '../catalog/connect.ts';
import type { Context } from '../step/context.ts';
import type { Merged } from './merge.ts';
import type { Pinned } from './pin.ts';
import type { PublishedMerge } from './publish.ts';

export interface UpdatedDatasets {
  datasets: { datasetId: string; bucketKey: string; flagKept: boolean; reason?: string }[];
  flagKept: boolean;
  /** Of one whose flag was kept. */
  reason?: string;
}

interface Row {
  readonly datasetId: string;
  readonly bucketKey: string;
  /** That the object had. */
  readonly objectVersion: string | undefined;
  /** Null to keep the flag. */
  readonly rowVersion: string | null;
}

/**
 * Step 5 of a merge: writes it into the rows of all datasets concerned, those whose objects were merged and those whose
 * object is new. A flag is cleared only if the row is what step 2 has read and the object still is the version that was
 * merged or published.
 */
export async function updateDatasets(
  context: Context, pinned: Pinned, merged: Merged, published: PublishedMerge,
): Promise<UpdatedDatasets> {
  const catalog = catalogOf(context.env);
  const time = published.publishedAt ?? null;
  const versions = new Map(pinned.inputs.map((input) => [input.bucketKey, input.version]));
  const outputs = new Map(published.outputs.map((output) => [output.bucketKey, output.version]));
  // Rows are read before their objects, so that a flag that tells of a later object stays.
  const rows: Row[] = [
    ...pinned.datasets.map(({ datasetId, bucketKey, version }) => ({
      datasetId, bucketKey, objectVersion: versions.get(bucketKey), rowVersion: merged.left.includes(bucketKey) ? null : version,
    })),
    ...(await catalog.withKeys([...outputs.keys()])).map(({ id, key, version }) => ({
      datasetId: id, bucketKey: key!, objectVersion: outputs.get(key!), rowVersion: version,
    })),
  ];
  const datasets: UpdatedDatasets['datasets'] = [];
  for (const row of rows) {
    datasets.push(await update(context.env.BUCKET, catalog, row, time));
  }
  const kept = datasets.findLast((dataset) => dataset.flagKept);
  return {
    datasets,
    flagKept: kept !== undefined,
    ...(kept === undefined ? {} : { reason: `dataset ${kept.datasetId}: ${kept.reason}` }),
  };
}

async function update(
  bucket: R2Bucket, catalog: Catalog, { datasetId, bucketKey, objectVersion, rowVersion }: Row, time: string | null,
): Promise<UpdatedDatasets['datasets'][number]> {
  const head = await bucket.head(bucketKey);
  const same = head !== null && head.etag === objectVersion;
  const result = head === null ? 'flag-kept' : await catalog.update(datasetId, {
    lastCompactedAt: rowVersion === null ? null : time,
    fileSizeBytes: head.size,
    clearFlagIf: same ? rowVersion : null,
  });
  const kept = result !== 'flag-cleared';
  return { datasetId, bucketKey, flagKept: kept, ...(kept ? { reason: reasonOf(result, rowVersion !== null, same) } : {}) };
}

function reasonOf(result: UpdateResult, isMerged: boolean, same: boolean): string {
  if (result === 'missing') {
    return 'the dataset was removed from the catalog meanwhile';
  }
  if (!isMerged) {
    return 'the object was not merged';
  }
  return same ? "the dataset's row has changed meanwhile" : 'the object has changed since';
}
