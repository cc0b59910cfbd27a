import { milliseconds } from '../durations.ts';
import type { Json } from '../instance/types.ts';
import type { Settings } from '../settings.ts';
import { bytesOf } from '../sizes.ts';
import type { MergeTerms } from '../terms/merge.ts';
import { callbackOf, instanceIdOf } from './compaction.ts';
import { ApiError, InvalidField } from './errors.ts';
import { Fields } from './fields.ts';
import { MOST_KEY_BYTES, requireKey } from './keys.ts';
import { readOptions } from './options.ts';

const MOST_KEYS = 1000;
const MOST_INPUTS = 10_000;
const MOST_COLUMN_CHARACTERS = 1000;
const MINIMUM = 'min:';
const ONLY_FOR_FOLDERS = ['mismatch', 'targetFileSize'];
const ONLY_FOR_PREFIXES = ['minFileSize', 'olderThan'];
const FIELDS = ['bucketKeys', 'prefix', 'target', 'instanceId', 'options', 'targetFileSize', 'minInputFiles', 'minFileSize',
  'olderThan', 'metadata', 'mismatch', 'widen', 'inputOrder', 'callbackUrl'];

/** What POST /compact asks for, where several objects become one. */
export interface MergeRequest {
  readonly terms: MergeTerms;
  readonly instanceId: string | null;
  readonly callbackUrl: string | null;
}

/** Whether a body asks for a merge, and not for the compaction of one object. */
export function asksForMerge(body: unknown): boolean {
  return typeof body === 'object' && body !== null && ['bucketKeys', 'prefix', 'target'].some((field) => field in body);
}

/**
 * Reads a request by the service's rules (MergeRequest.java).
 *
 * @throws InvalidField naming the first field that is wrong
 * @param folders whether a folder may be the target
 * @throws ApiError for a folder as target, where none may be
 */
export async function readMergeRequest(body: unknown, settings: Settings, folders: boolean): Promise<MergeRequest> {
  const fields = Fields.of(body, FIELDS);
  const target = fields.requireText('target', MOST_KEY_BYTES);
  const isFolder = target.endsWith('/');
  requireKey(withoutSlash(target), 'target');
  const keys = fields.texts('bucketKeys', MOST_KEYS, MOST_KEY_BYTES);
  const prefix = fields.text('prefix', MOST_KEY_BYTES);
  if (!isFolder) {
    requireNone(fields, ONLY_FOR_FOLDERS, 'needs a target that ends with a slash');
  }
  if (keys !== null && prefix === null) {
    requireNone(fields, ONLY_FOR_PREFIXES, 'needs a prefix');
    keys.forEach((key, i) => requireInput(key, target, `bucketKeys[${i}]`));
  } else if (prefix !== null && keys === null) {
    requirePrefix(prefix, target);
  } else {
    throw new InvalidField(prefix === null ? 'bucketKeys' : 'prefix', 'a merge takes bucketKeys or a prefix');
  }
  await readOptions(fields.body.options);
  requireWords(fields);
  const instanceId = instanceIdOf(fields);
  const callbackUrl = callbackOf(fields, settings);
  if (isFolder && !folders) {
    throw ApiError.notSupported('merges into folders');
  }
  const { instanceId: _, callbackUrl: __, ...terms } = fields.body as unknown as MergeTerms & Record<string, Json>;
  return { terms: Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== null)) as unknown as MergeTerms,
    instanceId, callbackUrl };
}

function requireWords(fields: Fields): void {
  fields.word('metadata', ['common', 'first', 'fail']);
  fields.word('mismatch', ['refuse', 'group']);
  fields.flag('widen', false);
  const order = fields.text('inputOrder', MOST_COLUMN_CHARACTERS);
  if (order !== null && order !== 'path' && (!order.startsWith(MINIMUM) || order.length === MINIMUM.length)) {
    throw new InvalidField('inputOrder', 'must be path or min:COLUMN');
  }
  fields.number('minInputFiles', 1, MOST_INPUTS);
  requireSize(fields, 'targetFileSize');
  const olderThan = fields.text('olderThan', 20);
  if (olderThan !== null) {
    try {
      milliseconds(olderThan);
    } catch (problem) {
      throw new InvalidField('olderThan', (problem as Error).message);
    }
  }
  requireSize(fields, 'minFileSize');
}

function requireSize(fields: Fields, field: string): void {
  const value = fields.body[field];
  if (value === undefined || value === null) {
    return;
  }
  if (typeof value !== 'string' && !Number.isSafeInteger(value)) {
    throw new InvalidField(field, 'must be a size, like "2MiB", or a number of bytes');
  }
  let bytes: number;
  try {
    bytes = bytesOf(value as string | number);
  } catch (problem) {
    throw new InvalidField(field, (problem as Error).message);
  }
  if (bytes < 1) {
    throw new InvalidField(field, 'must be at least one byte');
  }
}

function requireNone(fields: Fields, names: readonly string[], why: string): void {
  const named = names.find((name) => fields.body[name] != null);
  if (named !== undefined) {
    throw new InvalidField(named, why);
  }
}

function requireInput(key: string, target: string, field: string): void {
  requireKey(key, field);
  if (key === target) {
    throw new InvalidField(field, 'is the target, too');
  }
}

function requirePrefix(prefix: string, target: string): void {
  if (!prefix.endsWith('/')) {
    throw new InvalidField('prefix', 'ends with a slash');
  }
  if (/[*?]/.test(prefix)) {
    throw new InvalidField('prefix', 'holds no * or ?');
  }
  requireKey(withoutSlash(prefix), 'prefix');
  if (target.startsWith(prefix)) {
    throw new InvalidField('target', 'lies under the prefix, where the next merge would take it');
  }
}

function withoutSlash(key: string): string {
  return key.endsWith('/') ? key.slice(0, -1) : key;
}
