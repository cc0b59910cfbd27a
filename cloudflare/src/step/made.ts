/** What the steps that make an object leave, and tell meanwhile. */
import type { Requests } from '../engine/requests.ts';
import type { Context } from './context.ts';

/** What our objects carry: the hash of the plan that made them, and the Workflow that published them. */
export const PLAN_MARK = 'glulam-plan';
export const WORKFLOW_MARK = 'glulam-workflow';

/** Between two tellings of progress. */
const TELL = 500;

/** What was asked of the bucket, and what could not be carried along. */
export interface Traffic {
  bytesRead: number;
  bytesWritten: number;
  /** Of the bytes that were downloaded, some were read back to be verified, and some of healthy row groups were only passed on. */
  traffic: {
    bytesDownloaded: number; bytesReadBack: number; bytesPassed: number; bytesUploaded: number; bytesCopied: number;
    requests: Record<string, number>;
  };
  dropped: string[];
}

/** The object that is to be published. */
export interface Temporary {
  temporaryKey: string;
  temporaryEtag: string;
  temporarySize: number;
}

/** @param dropped what could not be carried along, one a line */
export function trafficOf(requests: Requests, dropped = ''): Traffic {
  return {
    bytesRead: requests.downloaded,
    bytesWritten: requests.uploaded,
    traffic: {
      bytesDownloaded: requests.downloaded,
      bytesReadBack: requests.readBack,
      bytesPassed: requests.passed,
      bytesUploaded: requests.uploaded,
      bytesCopied: requests.copied,
      requests: { ...requests.counts },
    },
    dropped: dropped.split('\n').filter((line) => line !== ''),
  };
}

export function temporaryOf(temporaryKey: string, object: R2Object): Temporary {
  return { temporaryKey, temporaryEtag: object.etag, temporarySize: object.size };
}

/** Tells the ledger from time to time, and does not wait for it. */
export function progressOf(context: Context, size: number): (written: number) => void {
  let told = 0;
  return (done) => {
    const now = Date.now();
    if (now - told >= TELL) {
      told = now;
      context.ledger.progress(context.run, {
        step: 'analyze-and-compact', phase: 'move', done: Math.min(done, size), total: size,
      }).catch(() => undefined);
    }
  };
}
