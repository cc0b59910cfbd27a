/** What R2 tells of a changed object, and which of it may start a compaction. */

/** Limits of what the feed takes up. */
export interface FeedScope {
  /** The bucket that is kept compact; undefined if any bucket's notifications are taken. */
  readonly bucket: string | undefined;
  /** Only keys that begin with one of these; all keys if empty. */
  readonly prefixes: readonly string[];
  /** Only keys that end so; all keys if empty. */
  readonly suffix: string;
  /** Where Glulam writes what is not finished: nothing below it is ever taken up. */
  readonly reservedPrefix: string;
}

/** A key to look at, or why a message is passed over. */
export type Noticed = { readonly key: string } | { readonly dropped: string };

const CREATES: ReadonlySet<string> = new Set(['PutObject', 'CopyObject', 'CompleteMultipartUpload']);

/**
 * Reads a message of R2's event notifications. Only the key is taken from it: size and version are read from the bucket
 * when it is the object's turn, since a message may be old.
 *
 * @param isKey whether a key may name an object at all
 */
export function readNotification(body: unknown, scope: FeedScope, isKey: (key: string) => boolean): Noticed {
  if (!isRecord(body) || !isRecord(body.object) || typeof body.object.key !== 'string') {
    return { dropped: 'it is no notification of R2' };
  }
  const key = body.object.key;
  if (typeof body.action !== 'string' || !CREATES.has(body.action)) {
    return { dropped: 'nothing was written' };
  }
  if (scope.bucket !== undefined && body.bucket !== scope.bucket) {
    return { dropped: 'it is another bucket' };
  }
  if (key.startsWith(scope.reservedPrefix)) {
    return { dropped: 'it is one of our own unfinished objects' };
  }
  if (!key.endsWith(scope.suffix)) {
    return { dropped: `its key does not end with ${scope.suffix}` };
  }
  if (scope.prefixes.length > 0 && !scope.prefixes.some((prefix) => key.startsWith(prefix))) {
    return { dropped: 'its key is under no prefix that is kept compact' };
  }
  return isKey(key) ? { key } : { dropped: 'its key is refused' };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
