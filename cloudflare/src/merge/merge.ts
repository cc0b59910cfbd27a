import { GlulamError, type Merged as Answer } from 'glulam-engine';
import { tableOf } from '../bucket/tables.ts';
import { merge, type MergeOutcome } from '../engine/compaction.ts';
import { PartCopies } from '../engine/part-copies.ts';
import { StepFailed } from '../failure.ts';
import { planHash } from '../report/plan.ts';
import { fragmentsOf, shapeOf } from '../report/shape.ts';
import { settingsOf } from '../settings.ts';
import { progressOf, temporaryOf, trafficOf, type Temporary, type Traffic } from '../workflow/analyze.ts';
import { keyOf, type Context } from '../workflow/context.ts';
import { temporaryPrefix } from '../workflow/ids.ts';
import { requireMine } from '../workflow/steps.ts';
import { engineSettings } from '../workflow/terms.ts';
import type { MergeInput } from './find.ts';
import type { Pinned } from './pin.ts';
import type { MergeTerms } from './terms.ts';

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

export interface MergedObjects extends Report, Traffic, Temporary {
  nothingToDo: false;
  planHash: string;
  after: Sums & { fragments: number };
}

export type Merged = NothingMerged | MergedObjects;

/** Step 3 of a merge: footers, plan, transfer into a temporary object, verification of that by reading it back. */
export async function mergeObjects(context: Context, terms: MergeTerms, pinned: Pinned, mark: string): Promise<Merged> {
  await requireMine(context.ledger.abortUploads(context.run));
  await requireNoTables(context.env.BUCKET, pinned.inputs);
  const temporaryKey = `${temporaryPrefix(context.workflow)}${mark}.parquet`;
  const { s3 } = settingsOf(context.env);
  try {
    const outcome = await merge(
      context.env.BUCKET,
      pinned.inputs.map(({ bucketKey, group, size, version }) => ({ key: bucketKey, group, size, etag: version })),
      await versionOf(pinned.inputs), temporaryKey, mergeSettings(terms), s3 === null ? null : new PartCopies(s3),
      (uploadId) => requireMine(context.ledger.uploadBegins(context.run, temporaryKey, uploadId)),
      progressOf(context, pinned.size));
    return await reported(context, pinned, outcome, temporaryKey);
  } catch (failure) {
    if (failure instanceof GlulamError && failure.kind === 'SourceChanged') {
      throw new StepFailed('SourceChanged', failure.message, 'restart the instance, which pins new versions');
    }
    throw failure;
  }
}

async function reported(
  context: Context, pinned: Pinned, { answer, object, requests }: MergeOutcome, temporaryKey: string,
): Promise<Merged> {
  const left = answer.few === 'true' ? pinned.inputs.map((input) => input.bucketKey) : [];
  const report: Report & Traffic = {
    before: {
      files: pinned.objects, bytes: pinned.size, rows: Number(answer.rowsBefore), rowGroups: Number(answer.rowGroupsBefore),
    },
    bucketKey: keyOf(context),
    outcome: answer.outcome,
    passedOver: left.length === 0 ? {} : { FEW: left.length },
    left,
    ...trafficOf(requests, answer.dropped),
  };
  if (object === undefined) {
    return { ...report, nothingToDo: true, reason: reasonOf(answer) };
  }
  const shape = shapeOf(answer.newShape!);
  return {
    ...report,
    nothingToDo: false,
    planHash: await planHash(answer.plan!),
    after: {
      files: 1, bytes: shape.bytes, rows: shape.rows, rowGroups: shape.rowGroupSizes.length, fragments: fragmentsOf(shape),
    },
    ...temporaryOf(temporaryKey, object),
  };
}

function reasonOf({ outcome }: Answer): string {
  return outcome === 'NO_CANDIDATES' ? 'there is no object to merge' : 'every new object would be one of the old ones as it is';
}

function mergeSettings({ options = {}, metadata, widen, inputOrder, minInputFiles }: MergeTerms): ReturnType<typeof engineSettings> {
  return {
    ...engineSettings(options),
    ...(metadata === undefined ? {} : { metadata }),
    ...(widen === undefined ? {} : { widen }),
    ...(inputOrder?.startsWith(MINIMUM) === true ? { 'minimum-of': inputOrder.slice(MINIMUM.length) } : {}),
    ...(minInputFiles === undefined ? {} : { 'min-input-files': minInputFiles }),
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
