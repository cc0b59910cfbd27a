import { GlulamError } from 'glulam-engine';
import { requireNoTable } from '../bucket/tables.ts';
import { compact } from '../engine/compaction.ts';
import { planReport, resultReport, type PlanReport, type ResultReport } from '../report/report.ts';
import { shapeOf } from '../report/shape.ts';
import { settingsOf } from '../settings.ts';
import { keyOf, type Context } from './context.ts';
import { temporaryPrefix } from './ids.ts';
import type { Head } from './metadata.ts';
import { requireMine } from './steps.ts';
import { engineSettings } from './terms.ts';

/** Between two tellings of progress. */
const TELL = 500;

export type Analyzed = NothingToDo | Made;

interface NothingToDo extends PlanReport {
  nothingToDo: true;
  reason: string;
}

interface Made extends ResultReport {
  nothingToDo: false;
  bytesRead: number;
  bytesWritten: number;
  traffic: { bytesDownloaded: number; bytesUploaded: number; bytesCopied: number; requests: Record<string, number> };
  dropped: string[];
  temporaryKey: string;
  temporaryEtag: string;
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
  const temporaryKey = `${temporaryPrefix(context.workflow)}${mark}.parquet`;
  try {
    const { answer, object, requests } = await compact(
      context.env.BUCKET, { ...head, key: keyOf(context) }, temporaryKey, engineSettings(context.terms.options),
      (uploadId) => requireMine(context.ledger.uploadBegins(context.run, temporaryKey, uploadId)),
      progressOf(context, head));
    const before = shapeOf(answer.shape);
    const planned = await planReport(before, answer.plan);
    if (object === undefined) {
      return { ...planned, nothingToDo: true, reason: 'nothing would be gained by compacting it' };
    }
    return {
      ...resultReport(planned, before, shapeOf(answer.newShape!), settingsOf(context.env).prices),
      nothingToDo: false,
      bytesRead: requests.downloaded,
      bytesWritten: requests.uploaded,
      traffic: {
        bytesDownloaded: requests.downloaded,
        bytesUploaded: requests.uploaded,
        bytesCopied: 0,
        requests: { ...requests.counts },
      },
      dropped: (answer.dropped ?? '').split('\n').filter((line) => line !== ''),
      temporaryKey,
      temporaryEtag: object.etag,
    };
  } catch (failure) {
    if (failure instanceof GlulamError && failure.kind === 'SourceChanged' && !last) {
      return { changed: true };
    }
    throw failure;
  }
}

/** Tells the ledger from time to time, and does not wait for it. */
function progressOf(context: Context, head: Head): (written: number) => void {
  let told = 0;
  return (done) => {
    const now = Date.now();
    if (now - told >= TELL) {
      told = now;
      context.ledger.progress(context.run, {
        step: 'analyze-and-compact', phase: 'move', done: Math.min(done, head.size), total: head.size,
      }).catch(() => undefined);
    }
  };
}
