import { StepFailed } from '../failure.ts';
import { keyOf, type Context } from '../step/context.ts';

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
  if (context.terms.publish === 'in-place') {
    requireOnePut(context, head.size);
  }
  return { bucketKey: key, size: head.size, etag: head.etag };
}

/** An object is replaced by one request, or not at all. @throws StepFailed if one request does not take so many bytes */
export function requireOnePut(context: Context, size: number): void {
  const { onePut } = context.limits;
  if (size > onePut) {
    throw new StepFailed('Unsupported', `${keyOf(context)}: ${size} bytes are more than the ${onePut} that one request replaces`,
      'ask with "publish": "new-key", or compact it with glulam serve', { refusal: true });
  }
}
