import { StepFailed } from '../failure.ts';
import { bucketName } from '../folder/bucket-name.ts';
import { MergedFolder, versionOf } from '../folder/folder.ts';
import type { MergeInput } from '../folder/input.ts';
import { Lease } from '../folder/lease.ts';
import { rowGroupsOf, type RecordedInput } from '../folder/manifest.ts';
import { keyOf, type Context } from '../step/context.ts';
import { PLAN_MARK, WORKFLOW_MARK } from '../step/made.ts';
import { temporaryLost } from '../step/parts.ts';
import { requireMine } from '../step/steps.ts';
import type { MadeOutput, Merged, MergedObjects } from './merge.ts';
import type { Pinned } from './pin.ts';
import { targetExists } from './validate.ts';

export interface PublishedMerge {
  published: boolean;
  outputs: { bucketKey: string; size: number; version: string; rows: number; rowGroups: number }[];
  publishedAt?: string;
}

/**
 * Step 4 of a merge: each temporary object's bytes under its new key, in one request, if nothing is there. A refusal is
 * settled by looking whose object is there.
 */
export async function publishMerge(context: Context, pinned: Pinned, made: Merged): Promise<PublishedMerge> {
  if (made.nothingToDo) {
    return { published: false, outputs: [] };
  }
  made.made.forEach((output) => requireOnePut(context, output));
  if (bucketKeyIsFolder(made.bucketKey)) {
    return publishIntoFolder(context, pinned, made);
  }
  // The last look before it becomes visible: a run that was terminated meanwhile publishes nothing.
  await requireMine(context.ledger.abortUploads(context.run));
  const [output] = made.made;
  const object = await putNew(context, output!, made.bucketKey);
  return publishedMerge([publishedOutput(output!, object)], object.uploaded);
}

function bucketKeyIsFolder(key: string): boolean {
  return key.endsWith('/');
}

function requireOnePut({ limits: { onePut } }: Context, { name, temporarySize }: MadeOutput): void {
  if (temporarySize > onePut) {
    throw new StepFailed('Unsupported', `${name}: ${temporarySize} bytes are more than the ${onePut} that one request puts`,
      'merge a part of the objects at a time, or merge them with glulam serve', { refusal: true });
  }
}

/** Puts a temporary object's bytes under a key, if nothing is there, or what an earlier attempt has put there. */
async function putNew(context: Context, output: MadeOutput, key: string): Promise<R2Object> {
  const { BUCKET } = context.env;
  const temporary = await BUCKET.get(output.temporaryKey, { onlyIf: { etagMatches: output.temporaryEtag } });
  if (temporary === null || !('body' in temporary)) {
    throw temporaryLost();
  }
  const object = await BUCKET.put(key, temporary.body, {
    onlyIf: { etagDoesNotMatch: '*' },
    customMetadata: { [PLAN_MARK]: output.planHash, [WORKFLOW_MARK]: context.workflow },
  }) ?? await BUCKET.head(key);
  if (object === null || object.customMetadata?.[WORKFLOW_MARK] !== context.workflow) {
    throw targetExists(key);
  }
  return object;
}

/**
 * Publishes new objects one after the other, each after the folder's manifest has announced it. What an earlier attempt has
 * published, the manifest tells.
 */
async function publishIntoFolder(context: Context, pinned: Pinned, made: MergedObjects): Promise<PublishedMerge> {
  const { BUCKET } = context.env;
  const bucket = bucketName(context.env);
  const { fence } = (await MergedFolder.open(BUCKET, made.bucketKey, bucket)).manifest;
  const lease = await Lease.take(BUCKET, made.bucketKey, context.workflow, fence);
  try {
    const folder = await MergedFolder.open(BUCKET, made.bucketKey, bucket);
    folder.requireOurs();
    const outputs: PublishedMerge['outputs'] = [];
    let last = new Date(0);
    for (const output of made.made) {
      await requireMine(context.ledger.abortUploads(context.run));
      const object = await putInFolder(context, folder, lease, pinned, output);
      outputs.push(publishedOutput(output, object));
      last = object.uploaded > last ? object.uploaded : last;
    }
    await folder.save(lease);
    return publishedMerge(outputs, last);
  } finally {
    await lease.release();
  }
}

async function putInFolder(
  context: Context, folder: MergedFolder, lease: Lease, pinned: Pinned, output: MadeOutput,
): Promise<R2Object> {
  const name = output.name.slice(keyOf(context).length);
  const known = folder.manifest.outputs.get(name);
  if (known !== undefined) {
    const there = await context.env.BUCKET.head(output.name);
    if (known.digest !== output.digest || there === null || versionOf(there.etag) !== known.version) {
      throw targetExists(output.name);
    }
    return there;
  }
  const inputs = output.slices.map(([number, from, to, whole]) => recorded(folder, pinned.inputs[number]!, from, to, whole, name));
  await folder.announce(lease, { output: { name, size: output.temporarySize, version: '', digest: output.digest }, inputs });
  const object = await putNew(context, output, output.name);
  folder.settle(object.etag);
  return object;
}

/** An input as it is recorded once an output has its row groups up to `to`. */
function recorded(folder: MergedFolder, input: MergeInput, from: number, to: number, whole: boolean, output: string): RecordedInput {
  const name = folder.addressOf(input.bucketKey);
  const state = folder.stateOf(input);
  if (state === 'CHANGED') {
    throw folder.changed(input);
  }
  if (rowGroupsOf(folder.manifest, name) !== from || state === 'MERGED') {
    throw new StepFailed('SourceChanged', `${input.bucketKey}: another merge into ${folder.name} has taken its rows meanwhile`,
      'restart the instance');
  }
  const known = folder.manifest.inputs.get(name);
  const before = known !== undefined && known.kept === 0 ? known.outputs : [];
  return {
    name, size: input.size, version: versionOf(input.version), rowGroups: to, whole, kept: 0, outputs: [...before, output],
  };
}

function publishedOutput({ rows, rowGroups }: MadeOutput, { key, size, etag }: R2Object): PublishedMerge['outputs'][number] {
  return { bucketKey: key, size, version: etag, rows, rowGroups };
}

function publishedMerge(outputs: PublishedMerge['outputs'], time: Date): PublishedMerge {
  return { published: true, outputs, publishedAt: time.toISOString() };
}
