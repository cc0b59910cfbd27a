import { StepFailed } from '../failure.ts';
import { breathe } from './breath.ts';
import { giveSignOfLife } from './turns.ts';

/** What was asked of the bucket, by the names that reports use. */
export type RequestKind = 'GET' | 'HEAD' | 'PUT' | 'CREATE_UPLOAD' | 'UPLOAD_PART' | 'COPY_PART' | 'COMPLETE_UPLOAD' | 'DELETE';

/** The platform allows 10,000 subrequests an invocation; what is left is for the ledger and for clearing up. */
const MOST_REQUESTS = 9500;
/** How long an answer is waited for: others wait for the engine meanwhile. */
const MOST_WAIT = 120_000;
const TRIES = 3;
const PAUSE = 200;

/** Counts requests, and tries again what may be tried again. */
export class Requests {
  readonly counts: Partial<Record<RequestKind, number>> = {};
  /** Bytes that came into the isolate. */
  downloaded = 0;
  /** Of those, what was read back to be verified, and what of healthy row groups was passed on. */
  readBack = 0;
  passed = 0;
  uploaded = 0;
  /** Bytes that the store copied by itself. */
  copied = 0;
  /** Why a request was refused for good; the engine tells of it as of any other failure of the bucket. */
  refusal: StepFailed | undefined;
  #all = 0;

  /** As {@link once}, up to three times: for requests that may be made twice without harm. */
  async repeated<T>(kind: RequestKind, request: () => Promise<T>): Promise<T> {
    for (let left = TRIES - 1; ; left--) {
      try {
        return await this.once(kind, request);
      } catch (failure) {
        if (left === 0 || failure instanceof StepFailed) {
          this.refusal ??= failure instanceof StepFailed && failure.consequences.retryable !== true ? failure : undefined;
          throw failure;
        }
        await scheduler.wait(PAUSE * (TRIES - left));
      }
    }
  }

  async once<T>(kind: RequestKind, request: () => Promise<T>): Promise<T> {
    if (++this.#all > MOST_REQUESTS) {
      this.refusal = new StepFailed('TooManyRequests', `this object takes more than ${MOST_REQUESTS} requests`,
        'compact it with glulam serve, which has no such limit', { refusal: true });
      throw this.refusal;
    }
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    giveSignOfLife();
    await breathe();
    return inTime(kind, request());
  }
}

async function inTime<T>(kind: RequestKind, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StepFailed('StorageFailed', `${kind}: no answer from the bucket`,
      'check the bucket', { retryable: true })), MOST_WAIT);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer ?? null);
  }
}
