import { GlulamError, type Merged as Answer } from 'glulam-engine';
import { tableOf } from '../bucket/tables.ts';
import { merge, type MergeOutcome } from '../engine/compaction.ts';
import { PartCopies } from '../engine/part-copies.ts';
import { StepFailed } from '../failure.ts';
import { bucketName } from '../folder/bucket-name.ts';
import { footerDigest } from '../folder/digest.ts';
import { MergedFolder, outputName, type FreshInput } from '../folder/folder.ts';
import type { MergeInput } from '../folder/input.ts';
import { temporaryPrefix } from '../instance/ids.ts';
import { planHash } from '../report/plan.ts';
import { fragmentsOf, shapeOf } from '../report/shape.ts';
import { settingsOf } from '../settings.ts';
import { bytesOf } from '../sizes.ts';
import { keyOf, type Context } from '../step/context.ts';
import { progressOf, temporaryOf, trafficOf, type Temporary, type Traffic } from '../step/made.ts';
import { temporaryLost } from '../step/parts.ts';
import { requireMine } from '../step/steps.ts';
import { engineSettings } from '../terms/compaction.ts';
import { isIntoFolder, type MergeTerms } from '../terms/merge.ts';
import type { Pinned } from './pin.ts';

const MINIMUM = 'min:';

interface Sums {
  files: number;
  bytes: number;
  rows: number;
  rowGroups: number;
}

interface Report {
  before: Sums;
  /** The target. */
  bucketKey: string;
  outcome: string;
  passedOver: Record<string, number>;
  /** Objects of which no row is in the new one. */
  left: string[];
}

export interface NothingMerged extends Report, Traffic {
  nothingToDo: true;
  reason: string;
}

/** A new object that is to be published. */
export interface MadeOutput extends Temporary {
  /** The key that it gets. */
  name: string;
  planHash: string;
  /** Of its footer; empty where no manifest tells it. */
  digest: string;
  rows: number;
  rowGroups: number;
  /** The number of an input, its first row group and one past the last, and whether none comes after them. */
  slices: (readonly [number, number, number, boolean])[];
}

export interface MergedObjects extends Report, Traffic {
  nothingToDo: false;
  /** Of the one new object; of a folder each has its own. */
  planHash?: string;
  after: Sums & { fragments: number };
  made: MadeOutput[];
}

export type Merged = NothingMerged | MergedObjects;

/** Where new objects go: into a folder, where some rows may be already, or to one key. */
interface Destination {
  readonly inputs: readonly FreshInput[];
  readonly passedOver: Record<string, number>;
  readonly folder: MergedFolder | null;
}

/** Step 3 of a merge: footers, plan, transfer into temporary objects, verification of those by reading them back. */
export async function mergeObjects(context: Context, terms: MergeTerms, pinned: Pinned, mark: string): Promise<Merged> {
  await requireMine(context.ledger.abortUploads(context.run));
  await requireNoTables(context.env.BUCKET, pinned.inputs);
  const destination = await destinationOf(context, terms, pinned);
  const { inputs, folder } = destination;
  const { s3 } = settingsOf(context.env);
  try {
    const outcome = await merge(
      context.env.BUCKET,
      inputs.map(({ bucketKey, group, size, version, done }) => ({ key: bucketKey, group, size, etag: version, done })),
      await versionOf(inputs), (number) => `${temporaryPrefix(context.workflow)}${mark}-${number}.parquet`,
      { ...mergeSettings(terms), ...folder === null ? {} : folderSettings(terms, folder) }, s3 === null ? null : new PartCopies(s3),
      (key, uploadId) => requireMine(context.ledger.uploadBegins(context.run, key, uploadId)),
      progressOf(context, pinned.size));
    return await reported(context, pinned, destination, outcome);
  } catch (failure) {
    if (failure instanceof GlulamError && failure.kind === 'SourceChanged') {
      throw new StepFailed('SourceChanged', failure.message, 'restart the instance, which pins new versions');
    }
    throw failure;
  }
}

async function destinationOf(context: Context, terms: MergeTerms, { inputs }: Pinned): Promise<Destination> {
  if (!isIntoFolder(terms)) {
    return { inputs: inputs.map((input) => ({ ...input, done: 0 })), passedOver: {}, folder: null };
  }
  const folder = await MergedFolder.open(context.env.BUCKET, terms.target, bucketName(context.env));
  folder.requireOurs();
  return { ...folder.fresh(inputs), folder };
}

async function reported(
  context: Context, pinned: Pinned, { inputs, passedOver, folder }: Destination, { answer, objects, requests }: MergeOutcome,
): Promise<Merged> {
  const left = answer.left.map((number) => inputs[number]!.bucketKey);
  const report: Report & Traffic = {
    before: {
      files: inputs.length, bytes: inputs.reduce((sum, { size }) => sum + size, 0), rows: Number(answer.rowsBefore),
      rowGroups: Number(answer.rowGroupsBefore),
    },
    bucketKey: keyOf(context),
    outcome: answer.outcome,
    passedOver: { ...passedOver, ...left.length === 0 ? {} : { FEW: left.length } },
    left,
    ...trafficOf(requests, answer.dropped),
  };
  if (objects.length === 0) {
    return { ...report, nothingToDo: true, reason: REASONS[answer.outcome] };
  }
  const numbers = new Map(pinned.inputs.map(({ bucketKey }, i) => [bucketKey, i]));
  const named = namesIn(context, folder);
  const made: MadeOutput[] = [];
  const after = { files: objects.length, bytes: 0, rows: 0, rowGroups: 0, fragments: 0 };
  for (const [i, output] of answer.outputs.entries()) {
    const shape = shapeOf(output.newShape);
    const object = objects[i]!;
    made.push({
      ...temporaryOf(object.key, object),
      name: named(output.group),
      planHash: await planHash(output.plan),
      digest: folder === null ? '' : await digestOf(context, object, shape.footerBytes),
      rows: shape.rows,
      rowGroups: shape.rowGroupSizes.length,
      slices: output.slices.map(({ number, from, to, last }) => [numbers.get(inputs[number]!.bucketKey)!, from, to, last] as const),
    });
    after.bytes += shape.bytes;
    after.rows += shape.rows;
    after.rowGroups += shape.rowGroupSizes.length;
    after.fragments += fragmentsOf(shape);
  }
  return { ...report, nothingToDo: false, ...(folder === null ? { planHash: made[0]!.planHash } : {}), after, made };
}

/** Gives each new object its key. */
function namesIn(context: Context, folder: MergedFolder | null): (group: string) => string {
  const next = new Map<string, number>();
  return (group) => {
    if (folder === null) {
      return keyOf(context);
    }
    const number = next.get(group) ?? folder.firstFree(group);
    next.set(group, number + 1);
    return folder.name + outputName(group, number);
  };
}

async function digestOf(context: Context, object: R2Object, footerBytes: number): Promise<string> {
  const digest = await footerDigest(context.env.BUCKET, object, footerBytes);
  if (digest === null) {
    throw temporaryLost();
  }
  return digest;
}

const REASONS: Readonly<Record<Answer['outcome'], string>> = {
  MERGED: '',
  NO_CANDIDATES: 'there is no object to merge',
  SCHEMAS_DIFFER: 'no two objects go together',
  NOTHING_GAINED: 'every new object would be one of the old ones as it is',
};

function mergeSettings({ options = {}, metadata, widen, inputOrder, minInputFiles }: MergeTerms): ReturnType<typeof engineSettings> {
  return {
    ...engineSettings(options),
    ...(metadata === undefined ? {} : { metadata }),
    ...(widen === undefined ? {} : { widen }),
    ...(inputOrder?.startsWith(MINIMUM) === true ? { 'minimum-of': inputOrder.slice(MINIMUM.length) } : {}),
    ...(minInputFiles === undefined ? {} : { 'min-input-files': minInputFiles }),
  };
}

/** Bytes that new objects in a folder aim at, unless the request says otherwise; as the service has it. */
const FOLDER_FILE_BYTES = 512 << 20;

function folderSettings({ targetFileSize, mismatch }: MergeTerms, { manifest }: MergedFolder): ReturnType<typeof engineSettings> {
  return {
    'target-file-size': targetFileSize === undefined ? FOLDER_FILE_BYTES : bytesOf(targetFileSize),
    ...(mismatch === undefined ? {} : { mismatch }),
    // Beside rows that are in the folder, a new input's rows are missing wherever else they are.
    'takes-all': manifest.outputs.size > 0,
  };
}

/** SHA-256 of the names, sizes and versions of all inputs, as core has it. */
async function versionOf(inputs: readonly MergeInput[]): Promise<string> {
  const identity = inputs.map(({ bucketKey, size, version }) => `${bucketKey}\0${size}\0${version}\0`).join('');
  return planHash(identity);
}

/** What a table's metadata does not count is no row of it. */
async function requireNoTables(bucket: R2Bucket, inputs: readonly MergeInput[]): Promise<void> {
  const folders = new Set<string>();
  for (const { bucketKey } of inputs) {
    const name = bucketKey.lastIndexOf('/') + 1;
    const folder = bucketKey.slice(0, name);
    if (folders.has(folder) && !bucketKey.startsWith('ducklake-', name)) {
      continue;
    }
    folders.add(folder);
    const table = await tableOf(bucket, bucketKey);
    if (table !== null) {
      const article = table.format === 'Iceberg' ? 'an' : 'a';
      throw new StepFailed('Unsupported', `${bucketKey}: it belongs to ${article} ${table.format} table (${table.evidence}), `
        + 'whose metadata alone tells which of its files count', "use the table's own compaction", { refusal: true });
    }
  }
}
