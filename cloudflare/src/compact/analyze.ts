import { GlulamError } from 'glulam-engine';
import { requireNoTable } from '../bucket/tables.ts';
import { compact } from '../engine/compaction.ts';
import { compactOutside, hasOutside, VersionGone } from '../engine/outside.ts';
import { PartCopies } from '../engine/part-copies.ts';
import { StepFailed } from '../failure.ts';
import { temporaryPrefix } from '../instance/ids.ts';
import { keptPlan } from '../plans/kept.ts';
import { planReport, resultReport, type PlanReport, type ResultReport } from '../report/report.ts';
import { shapeOf } from '../report/shape.ts';
import { settingsOf } from '../settings.ts';
import { keyOf, type Context } from '../step/context.ts';
import { trafficOf, temporaryOf, progressOf, type Traffic, type Temporary } from '../step/made.ts';
import { requireMine } from '../step/steps.ts';
import { engineSettings } from '../terms/compaction.ts';
import type { Head } from './metadata.ts';

export type Analyzed = NothingToDo | Made;

interface NothingToDo extends PlanReport {
  nothingToDo: true;
  reason: string;
}

interface Made extends ResultReport, Traffic, Temporary {
  nothingToDo: false;
}

/** The object is not the version any more that step 2 has seen. */
export interface Changed {
  changed: true;
}

/**
 * Step 3: footer, plan, transfer into a temporary object, verification of that by reading it back.
 *
 * @param mark tells the temporary objects of attempts apart
 * @param last whether a change of the object is a failure now
 */
export async function analyzeAndCompact(
  context: Context, head: Head, mark: string, last: boolean,
): Promise<Analyzed | Changed> {
  await requireMine(context.ledger.abortUploads(context.run));
  await requireNoTable(context.env.BUCKET, keyOf(context));
  const { engine = 'auto', planHash } = context.terms;
  if (engine === 'container') {
    return analyzeOutside(context, head, last);
  }
  try {
    return await analyzeInside(context, head, mark, last);
  } catch (failure) {
    if (engine === 'auto' && planHash === undefined && hasOutside(context.env) && isTooMuch(failure)) {
      return analyzeOutside(context, head, last);
    }
    throw failure;
  }
}

/** Whether an engine with more memory, more codecs and no limit of requests may do what failed. */
function isTooMuch(failure: unknown): boolean {
  return failure instanceof GlulamError && failure.kind === 'Unsupported'
    || failure instanceof StepFailed && failure.name === 'TooManyRequests'
    || failure instanceof RangeError
    || failure instanceof WebAssembly.RuntimeError;
}

/** The engine of this isolate. */
async function analyzeInside(
  context: Context, head: Head, mark: string, last: boolean,
): Promise<Analyzed | Changed> {
  const temporaryKey = `${temporaryPrefix(context.workflow)}${mark}.parquet`;
  const { options, planHash } = context.terms;
  const { prices, s3 } = settingsOf(context.env);
  const settings = planHash === undefined ? engineSettings(options) : { plan: await keptPlan(context.env, planHash, head.etag) };
  try {
    const { answer, object, requests } = await compact(
      context.env.BUCKET, { ...head, key: keyOf(context) }, temporaryKey, settings,
      s3 === null ? null : new PartCopies(s3),
      (uploadId) => requireMine(context.ledger.uploadBegins(context.run, temporaryKey, uploadId)),
      progressOf(context, head.size));
    const before = shapeOf(answer.shape);
    const planned = await planReport(before, answer.plan);
    if (object === undefined) {
      return { ...planned, nothingToDo: true, reason: 'nothing would be gained by compacting it' };
    }
    return {
      ...resultReport(planned, before, shapeOf(answer.newShape!), prices),
      nothingToDo: false,
      ...trafficOf(requests, answer.dropped),
      ...temporaryOf(temporaryKey, object),
    };
  } catch (failure) {
    if (failure instanceof GlulamError && failure.kind === 'SourceChanged' && !last) {
      return { changed: true };
    }
    throw failure;
  }
}

/** `glulam serve`, which reads and writes the bucket by itself. */
async function analyzeOutside(context: Context, head: Head, last: boolean): Promise<Analyzed | Changed> {
  const { env, ledger, run, terms, workflow } = context;
  if (!hasOutside(env)) {
    throw new StepFailed('EngineMissing', 'no container is set up', 'set GLULAM_CONTAINER_URL, or choose another engine',
      { refusal: true });
  }
  const name = `container-${head.etag.replace(/[^a-zA-Z0-9]/g, '')}`;
  const targetKey = `${temporaryPrefix(workflow)}${name}.parquet`;
  try {
    const output = await compactOutside(
      env, { idempotencyKey: `${workflow}:${name}`, bucketKey: keyOf(context), etag: head.etag, targetKey, options: terms.options },
      (told) => {
        ledger.progress(run, { step: 'analyze-and-compact', ...PROGRESS, ...(told as object) }).catch(() => undefined);
      });
    if (output.nothingToDo === true) {
      return { ...output, nothingToDo: true, reason: 'nothing would be gained by compacting it' } as unknown as NothingToDo;
    }
    const made = await env.BUCKET.head(targetKey);
    if (made === null || made.size !== output.size) {
      throw new StepFailed('TemporaryLost', 'what the container has written is not in this bucket',
        'give glulam serve the same bucket');
    }
    const { bucketKey: _, version: __, size: ___, ...report } = output;
    return { ...report, temporaryKey: targetKey, temporaryEtag: made.etag, temporarySize: made.size } as unknown as Made;
  } catch (failure) {
    if (failure instanceof VersionGone && !last) {
      return { changed: true };
    }
    throw failure;
  }
}

const PROGRESS = { phase: 'plan', done: 0, total: 0 };
