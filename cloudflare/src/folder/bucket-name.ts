import type { Env } from '../env.ts';

/** Whether merges may go into folders. */
export function hasFolders(env: Env): boolean {
  return bucketName(env) !== '';
}

/** Empty where it is not told: the binding does not know it. */
export function bucketName({ GLULAM_BUCKET = '' }: Env): string {
  return GLULAM_BUCKET;
}
