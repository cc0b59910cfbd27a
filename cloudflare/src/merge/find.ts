import { milliseconds } from '../durations.ts';
import { StepFailed } from '../failure.ts';
import type { MergeInput } from '../folder/input.ts';
import { RESERVED_PREFIX } from '../instance/ids.ts';
import { bytesOf } from '../sizes.ts';
import type { MergeTerms } from '../terms/merge.ts';
import { comparePaths } from './order.ts';

/** Objects of a prefix, in their order, and those that are none. */
export interface Found {
  readonly inputs: MergeInput[];
  /** For each reason, as core's PassedOver names it. */
  readonly passedOver: Record<string, number>;
  /** The first of them. */
  readonly passedOverKeys: string[];
}

const MOST_NAMED = 100;
/** Of a listing: one step has 10,000 requests, each for 1,000 keys; what is found has to fit the isolate. */
const MOST_LISTED = 100_000;
const HEADS_AT_ONCE = 5;

/** The Parquet objects under a prefix, by the rules of core's ListedInputs. */
export async function findUnder(bucket: R2Bucket, prefix: string, terms: MergeTerms): Promise<Found> {
  const found: { below: string; object: R2Object }[] = [];
  const passedOver: Record<string, number> = {};
  const passedOverKeys: string[] = [];
  let cursor: string | undefined;
  let listed = 0;
  do {
    const page = await bucket.list({ prefix, ...(cursor === undefined ? {} : { cursor }) });
    for (const object of page.objects) {
      const below = object.key.slice(prefix.length);
      if (below === '' || below.endsWith('/')) {
        continue;
      }
      const reason = reasonOf(object, below, terms);
      if (reason === null) {
        found.push({ below, object });
      } else {
        passedOver[reason] = (passedOver[reason] ?? 0) + 1;
        if (passedOverKeys.length < MOST_NAMED) {
          passedOverKeys.push(object.key);
        }
      }
    }
    listed += page.objects.length;
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined && listed < MOST_LISTED);
  if (cursor !== undefined) {
    throw new StepFailed('TooManyInputs', `more than ${MOST_LISTED} objects lie under ${prefix}`, 'merge a part of them at a time');
  }
  found.sort((a, b) => comparePaths(a.below, b.below));
  const partitions = partitionsOf(prefix);
  return {
    inputs: found.map(({ below, object }) => {
      const folder = below.slice(0, Math.max(0, below.lastIndexOf('/')));
      return inputOf(object, [partitions, folder].filter((part) => part !== '').join('/'));
    }),
    passedOver,
    passedOverKeys,
  };
}

/** Objects that were named one by one, in their order. */
export async function findNamed(bucket: R2Bucket, keys: readonly string[]): Promise<MergeInput[]> {
  const inputs: MergeInput[] = [];
  for (let first = 0; first < keys.length; first += HEADS_AT_ONCE) {
    inputs.push(...await Promise.all(keys.slice(first, first + HEADS_AT_ONCE).map(async (key) => {
      const head = await bucket.head(key);
      if (head === null) {
        throw new StepFailed('ObjectMissing', `there is no object ${key}`, 'check the key');
      }
      return inputOf(head, partitionsOf(key.slice(0, key.lastIndexOf('/') + 1)));
    })));
  }
  return inputs;
}

function inputOf(object: R2Object, group: string): MergeInput {
  return { bucketKey: object.key, group, size: object.size, version: object.etag };
}

function reasonOf(object: R2Object, below: string, { olderThan, minFileSize }: MergeTerms): string | null {
  if (isHidden(below) || object.key.startsWith(RESERVED_PREFIX)) {
    return 'HIDDEN';
  }
  if (!/\.(parquet|parq|pq)$/i.test(below)) {
    return 'FOREIGN';
  }
  if (object.size === 0) {
    return 'EMPTY';
  }
  if (olderThan !== undefined && Date.now() - object.uploaded.getTime() < milliseconds(olderThan)) {
    return 'YOUNG';
  }
  return minFileSize !== undefined && object.size >= bytesOf(minFileSize) ? 'LARGE' : null;
}

/** A name that begins with a dot or an underscore, but for folders of a partition. */
function isHidden(below: string): boolean {
  const names = below.split('/');
  return names.some((name, i) => /^[._]/.test(name) && (i === names.length - 1 || !isPartition(name)));
}

/** The `key=value` parts of a folder's path. */
function partitionsOf(folder: string): string {
  return folder.split('/').filter(isPartition).join('/');
}

function isPartition(name: string): boolean {
  return name.indexOf('=') > 0;
}
