import type { Json } from '../instance/types.ts';
import type { Terms } from './compaction.ts';
import { tableTerms } from './table.ts';

/** What a merge asks for: what the ledger keeps of a request. */
export interface MergeTerms {
  /** In the order of the rows; absent if `prefix` names the objects. */
  bucketKeys?: string[];
  /** Ends with a slash. */
  prefix?: string;
  /** The new object's key; of a folder for new objects, with a slash at its end. */
  target: string;
  /** As they were sent. */
  options?: Terms['options'];
  minInputFiles?: number;
  /** Bytes that new objects in a folder aim at. */
  targetFileSize?: number | string;
  /** `group` merges objects apart that do not go together; only into a folder. */
  mismatch?: string;
  /** Objects that are not smaller are passed over. */
  minFileSize?: number | string;
  /** Objects that were written later are passed over, like 1h. */
  olderThan?: string;
  metadata?: string;
  widen?: boolean;
  /** `path`, or `min:COLUMN`. */
  inputOrder?: string;
}

/** Whether an instance's request is a merge, and not the compaction of one object. */
export function isMerge(request: Json): boolean {
  return mergeTerms(request) !== null;
}

/** Null for the compaction of one object. */
export function mergeTerms(request: Json): MergeTerms | null {
  return typeof request === 'object' && request !== null && !Array.isArray(request) && typeof request.target === 'string'
    ? request as unknown as MergeTerms : null;
}

/** Whether new objects go into a folder. */
export function isIntoFolder({ target }: MergeTerms): boolean {
  return target.endsWith('/');
}

/** The objects that a request names, or their prefix. */
export function namedIn(request: Json): string[] {
  const terms = mergeTerms(request);
  return terms === null ? [] : [...terms.bucketKeys ?? [], ...terms.prefix === undefined ? [] : [terms.prefix]];
}

/** Whether an instance that is queued does what another request for the same object, or the same table, asks for. */
export function serves(queued: Json, request: Json): boolean {
  const differ = [queued, request].some((one) => isMerge(one) || tableTerms(one) !== null);
  return differ ? canonical(queued) === canonical(request) : true;
}

function canonical(json: Json): string {
  return JSON.stringify(json, (_, value: unknown) => (typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value));
}
