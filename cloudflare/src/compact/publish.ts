import { milliseconds } from '../durations.ts';
import { StepFailed } from '../failure.ts';
import { settingsOf } from '../settings.ts';
import { keyOf, type Context } from '../step/context.ts';
import { PLAN_MARK, WORKFLOW_MARK } from '../step/made.ts';
import { putInParts, temporaryLost } from '../step/parts.ts';
import { requireMine } from '../step/steps.ts';
import type { Analyzed, Changed } from './analyze.ts';
import { requireOnePut, type Head } from './metadata.ts';


const HASH_CHARACTERS = 12;

export interface Published {
  published: boolean;
  bucketKey: string;
  version: string;
  sourceVersion: string;
  size: number;
  publishedAt?: string;
  backupKey?: string;
  backupUntil?: string;
}

type Made = Extract<Analyzed, { nothingToDo: false }>;

/**
 * Step 4: the temporary object's bytes under the object's key, in one conditional request, if the object still is the
 * version that was read. A refusal is settled by looking whose object is there. What one request does not take goes to a
 * new key in parts.
 */
export async function publish(context: Context, head: Head, made: Made, last: boolean): Promise<Published | Changed> {
  const { BUCKET } = context.env;
  const inPlace = context.terms.publish === 'in-place';
  if (inPlace) {
    requireOnePut(context, made.temporarySize);
  }
  const { target, there } = await targetOf(context, made);
  if (there !== null && isOurs(context, made, there)) {
    return published(context, head, there);
  }
  if (!inPlace) {
    // Until the catalog points to it, no reader needs it.
    await requireMine(context.ledger.leave(context.run, {
      key: target, etag: null, deleteAfter: Date.now() + settingsOf(context.env).grace,
    }));
  } else if (there?.etag !== head.etag) {
    return changed(last);
  } else if (milliseconds(context.terms.backup) > 0) {
    if (!await backUp(context, head)) {
      return changed(last);
    }
  }
  // The last look before it becomes visible: a run that was terminated meanwhile publishes nothing.
  await requireMine(context.ledger.abortUploads(context.run));
  const object = made.temporarySize > context.limits.onePut
    ? there === null ? await putLarge(context, made, target) : null
    : await put(context, made, target, there, inPlace ? { etagMatches: head.etag } : { etagDoesNotMatch: '*' });
  if (object !== null) {
    return published(context, head, object);
  }
  const winner = await BUCKET.head(target);
  if (winner !== null && isOurs(context, made, winner)) {
    return published(context, head, winner);
  }
  if (!inPlace) {
    throw new StepFailed('StorageFailed', `${target}: an object that is not ours is there`, 'delete it, or restart the instance');
  }
  return changed(last);
}

async function put(
  context: Context, made: Made, target: string, source: R2Object | null, onlyIf: R2Conditional,
): Promise<R2Object | null> {
  const { BUCKET } = context.env;
  const temporary = await BUCKET.get(made.temporaryKey, { onlyIf: { etagMatches: made.temporaryEtag } });
  if (temporary === null || !('body' in temporary)) {
    throw temporaryLost();
  }
  return BUCKET.put(target, temporary.body, {
    onlyIf,
    ...(source?.httpMetadata === undefined ? {} : { httpMetadata: source.httpMetadata }),
    customMetadata: { ...source?.customMetadata, ...marksOf(context, made) },
  });
}

/** Without a condition, which an upload in parts does not take: its key is this run's alone. */
function putLarge(context: Context, made: Made, target: string): Promise<R2Object> {
  const temporary = { key: made.temporaryKey, etag: made.temporaryEtag, size: made.temporarySize };
  return putInParts(context.env.BUCKET, temporary, target, { customMetadata: marksOf(context, made) }, context.limits,
    (uploadId) => requireMine(context.ledger.uploadBegins(context.run, target, uploadId)));
}

function marksOf(context: Context, made: Made): Record<string, string> {
  return { [PLAN_MARK]: made.planHash, [WORKFLOW_MARK]: context.workflow };
}

/** False if the object is another version by now. The same key in every attempt. */
async function backUp(context: Context, head: Head): Promise<boolean> {
  const { BUCKET } = context.env;
  const { key, until } = backupOf(context);
  await requireMine(context.ledger.leave(context.run, { key, etag: null, deleteAfter: until }));
  const old = await BUCKET.get(head.bucketKey, { onlyIf: { etagMatches: head.etag } });
  if (old === null || !('body' in old)) {
    return false;
  }
  await BUCKET.put(key, old.body, {
    ...(old.httpMetadata === undefined ? {} : { httpMetadata: old.httpMetadata }),
    ...(old.customMetadata === undefined ? {} : { customMetadata: old.customMetadata }),
  });
  return true;
}

function backupOf(context: Context): { key: string; until: number } {
  const since = Date.parse(context.instance.createdAt);
  return {
    key: `${keyOf(context)}.glulam-${since}-${context.run.epoch}.bak`,
    until: since + milliseconds(context.terms.backup),
  };
}

/**
 * In place, or beside the old object, which may be one of ours itself. Another name, this run's own, where something is under
 * that, or where no condition keeps others from it.
 */
async function targetOf(context: Context, made: Made): Promise<{ target: string; there: R2Object | null }> {
  const key = keyOf(context);
  const { BUCKET } = context.env;
  if (context.terms.publish === 'in-place') {
    return { target: key, there: await BUCKET.head(key) };
  }
  const hash = made.planHash.slice(0, HASH_CHARACTERS);
  const target = newKey(key, hash);
  const there = await BUCKET.head(target);
  if ((there === null && made.temporarySize <= context.limits.onePut) || (there !== null && isOurs(context, made, there))) {
    return { target, there };
  }
  const other = newKey(key, `${hash}-${Date.parse(context.instance.createdAt)}-${context.run.epoch}`);
  return { target: other, there: await BUCKET.head(other) };
}

function newKey(key: string, name: string): string {
  const suffix = key.endsWith('.parquet') ? '.parquet' : '';
  const stem = key.slice(0, key.length - suffix.length).replace(/\.glulam-[0-9a-f]{12}(-\d+-\d+)?$/, '');
  return `${stem}.glulam-${name}${suffix}`;
}

function isOurs(context: Context, made: Made, object: R2Object): boolean {
  return object.customMetadata?.[PLAN_MARK] === made.planHash
    && object.customMetadata[WORKFLOW_MARK] === context.workflow;
}

function published(context: Context, head: Head, object: R2Object): Published {
  const backup = milliseconds(context.terms.backup) > 0 && object.key === head.bucketKey ? backupOf(context) : null;
  return {
    published: true,
    bucketKey: object.key,
    version: object.etag,
    sourceVersion: head.etag,
    size: object.size,
    publishedAt: object.uploaded.toISOString(),
    ...(backup === null ? {} : { backupKey: backup.key, backupUntil: new Date(backup.until).toISOString() }),
  };
}

function changed(last: boolean): Changed {
  if (last) {
    throw new StepFailed('SourceChanged', 'the object is replaced again and again while it is compacted',
      'restart the instance when its writer has finished');
  }
  return { changed: true };
}
