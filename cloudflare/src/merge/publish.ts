import { StepFailed } from '../failure.ts';
import type { Context } from '../workflow/context.ts';
import { temporaryLost } from '../workflow/parts.ts';
import { PLAN_MARK, WORKFLOW_MARK } from '../workflow/publish.ts';
import { requireMine } from '../workflow/steps.ts';
import type { Merged, MergedObjects } from './merge.ts';
import { targetExists } from './validate.ts';

export interface PublishedMerge {
  published: boolean;
  outputs: { bucketKey: string; size: number; version: string; rows: number; rowGroups: number }[];
  publishedAt?: string;
}

/**
 * Step 4 of a merge: the temporary object's bytes under the target's key, in one request, if nothing is there. A refusal is
 * settled by looking whose object is there.
 */
export async function publishMerge(context: Context, made: Merged): Promise<PublishedMerge> {
  if (made.nothingToDo) {
    return { published: false, outputs: [] };
  }
  const { BUCKET } = context.env;
  const { onePut } = context.limits;
  if (made.temporarySize > onePut) {
    throw new StepFailed('Unsupported', `${made.bucketKey}: ${made.temporarySize} bytes are more than the ${onePut} that one request puts`,
      'merge a part of the objects at a time, or merge them with glulam serve', { refusal: true });
  }
  // The last look before it becomes visible: a run that was terminated meanwhile publishes nothing.
  await requireMine(context.ledger.abortUploads(context.run));
  const temporary = await BUCKET.get(made.temporaryKey, { onlyIf: { etagMatches: made.temporaryEtag } });
  if (temporary === null || !('body' in temporary)) {
    throw temporaryLost();
  }
  const object = await BUCKET.put(made.bucketKey, temporary.body, {
    onlyIf: { etagDoesNotMatch: '*' },
    customMetadata: { [PLAN_MARK]: made.planHash, [WORKFLOW_MARK]: context.workflow },
  }) ?? await BUCKET.head(made.bucketKey);
  if (object === null || object.customMetadata?.[WORKFLOW_MARK] !== context.workflow) {
    throw targetExists(made.bucketKey);
  }
  return published(made, object);
}

function published(made: MergedObjects, object: R2Object): PublishedMerge {
  const { rows, rowGroups } = made.after;
  return {
    published: true,
    outputs: [{ bucketKey: object.key, size: object.size, version: object.etag, rows, rowGroups }],
    publishedAt: object.uploaded.toISOString(),
  };
}
