import { IN_DEVELOPMENT } from '../env.ts';

/** Between two breaths, in milliseconds. */
const EVERY = 50;

let last = 0;

/**
 * Lets other requests in, in `wrangler dev`. There the bucket answers inside the process, and workerd hears its sockets only
 * when nothing else is to do: without this, each request would wait for the end of a compaction. Returns nothing where there
 * is nothing to wait for.
 */
export function breathe(): Promise<void> | undefined {
  if (!IN_DEVELOPMENT || Date.now() - last < EVERY) {
    return undefined;
  }
  last = Date.now();
  return scheduler.wait(1);
}
