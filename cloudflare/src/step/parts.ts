import { StepFailed } from '../failure.ts';

const MIB = 1 << 20;
const TRIES = 3;
const PAUSE = 500;
/** R2 takes 10,000. Each one takes two requests of the 10,000 that an invocation has. */
const MOST_PARTS = 4000;

/** In bytes: what R2 takes by one request, and the parts of what is larger, about. */
export interface PutLimits {
  readonly onePut: number;
  readonly part: number;
}

/** R2's limit lies 5 MiB below 5 GiB. */
export const R2_LIMITS: PutLimits = { onePut: 5 * 1024 * MIB - 5 * MIB, part: 128 * MIB };

/** An object at one version. */
interface Pinned {
  readonly key: string;
  readonly etag: string;
  readonly size: number;
}

/**
 * Puts an object's bytes under another key by an upload in parts, each streamed out of the bucket and back into it. Such an
 * upload takes no condition: the caller chooses a key that no other run uses.
 *
 * @param begun hears of the upload before its first part, so that it can be aborted should this run die
 */
export async function putInParts(
  bucket: R2Bucket, source: Pinned, target: string, options: R2MultipartOptions, { part }: PutLimits,
  begun: (uploadId: string) => Promise<void>,
): Promise<R2Object> {
  const length = Math.max(part, Math.ceil(source.size / MOST_PARTS / MIB) * MIB);
  const upload = await bucket.createMultipartUpload(target, options);
  await begun(upload.uploadId);
  const parts: R2UploadedPart[] = [];
  for (let offset = 0; offset < source.size; offset += length) {
    const range = { offset, length: Math.min(length, source.size - offset) };
    parts.push(await repeated(() => copied(bucket, source, range, upload, parts.length + 1)));
  }
  return upload.complete(parts);
}

async function copied(
  bucket: R2Bucket, { key, etag }: Pinned, range: { offset: number; length: number }, upload: R2MultipartUpload, number: number,
): Promise<R2UploadedPart> {
  const bytes = await bucket.get(key, { range, onlyIf: { etagMatches: etag } });
  if (bytes === null || !('body' in bytes)) {
    throw temporaryLost();
  }
  return upload.uploadPart(number, bytes.body);
}

export function temporaryLost(): StepFailed {
  return new StepFailed('TemporaryLost', 'the temporary object is not there any more', 'restart the instance');
}

async function repeated<T>(request: () => Promise<T>): Promise<T> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await request();
    } catch (failure) {
      if (left === 0 || failure instanceof StepFailed) {
        throw failure;
      }
      await scheduler.wait(PAUSE * (TRIES - left));
    }
  }
}
