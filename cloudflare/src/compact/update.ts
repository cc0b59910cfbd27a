import { catalogOf } from '../catalog/connect.ts';
import { StepFailed } from '../failure.ts';
import { settingsOf } from '../settings.ts';
import { keyOf, type Context } from '../step/context.ts';
import { requireMine } from '../step/steps.ts';
import type { Published } from './publish.ts';
import type { Validated } from './validate.ts';

export interface Updated {
  flagKept: boolean;
  reason?: string;
  fileSizeBytes: number;
  lastCompactedAt: string | null;
}

/**
 * Step 5: what came of it, written into the catalog. The flag is cleared only if the row is what step 1 has read, and the
 * object what step 4 has left; otherwise another writer has changed it, and the flag stays.
 */
export async function updateMetadata(context: Context, validated: Validated, published: Published): Promise<Updated> {
  const id = context.instance.datasetId;
  const catalog = catalogOf(context.env);
  const head = await context.env.BUCKET.head(published.bucketKey);
  const same = head?.etag === published.version;
  if (published.bucketKey !== keyOf(context)) {
    await moveTo(context, published, same);
  }
  const fileSizeBytes = head?.size ?? published.size;
  const lastCompactedAt = published.publishedAt ?? null;
  const result = await catalog.update(id, {
    lastCompactedAt, fileSizeBytes, clearFlagIf: same ? validated.version : null,
  });
  if (result === 'missing') {
    throw new StepFailed('DatasetNotFound', `dataset ${id} was removed from the catalog meanwhile`, 'add it again');
  }
  return {
    flagKept: result === 'flag-kept',
    ...(result === 'flag-kept'
      ? { reason: same ? "the dataset's row has changed meanwhile" : 'the object has changed since' } : {}),
    fileSizeBytes,
    lastCompactedAt,
  };
}

async function moveTo(context: Context, published: Published, same: boolean): Promise<void> {
  const id = context.instance.datasetId;
  if (!same) {
    throw new StepFailed('ObjectLost', `the new object ${published.bucketKey} is not there any more`, 'restart the instance');
  }
  if (!await catalogOf(context.env).changeKey(id, keyOf(context), published.bucketKey)) {
    throw new StepFailed('KeyMismatch',
      `the catalog's key of dataset ${id} was changed meanwhile; the new object is deleted later`, 'restart the instance');
  }
  await requireMine(context.ledger.keep(context.run, published.bucketKey));
  await requireMine(context.ledger.leave(context.run, {
    key: keyOf(context),
    etag: published.sourceVersion,
    deleteAfter: Date.now() + settingsOf(context.env).grace,
  }));
}
