import { StepFailed } from '../failure.ts';
import { keyOf, type Context } from './context.ts';

/** What one request can put. */
const MOST_BYTES = 5 * 1024 ** 3;

export interface Head {
  bucketKey: string;
  size: number;
  etag: string;
}

/** Step 2: the object's size and version, by a request for metadata only. */
export async function getFileMetadata(context: Context): Promise<Head> {
  const key = keyOf(context);
  const head = await context.env.BUCKET.head(key);
  if (head === null) {
    throw new StepFailed('StorageFailed', `${key}: there is no such object`, 'check the key');
  }
  if (head.size > MOST_BYTES) {
    throw new StepFailed('Unsupported', `${key}: the object has ${head.size} bytes, more than the 5 GiB that one request publishes`,
      'compact it with glulam serve', { refusal: true });
  }
  return { bucketKey: key, size: head.size, etag: head.etag };
}
