import { RESERVED_PREFIX } from '../instance/ids.ts';
import { isTable } from '../terms/table-names.ts';
import { InvalidField } from './errors.ts';
import { hasControls } from './fields.ts';

/** The longest key, in bytes of UTF-8; what R2 allows. */
export const MOST_KEY_BYTES = 1024;

/** Separators and dots hidden by percent-encoding, once or more often. */
const HIDDEN = /%(25)*(2e|2f|5c|00)/i;

/** @throws InvalidField unless the text can name an object of the bucket */
export function requireKey(key: string, field = 'bucketKey'): void {
  const problem = problemOf(key);
  if (problem !== null) {
    throw new InvalidField(field, problem);
  }
}

/** Whether the text can name an object of the bucket. */
export function isKey(key: string): boolean {
  return problemOf(key) === null;
}

function problemOf(key: string): string | null {
  if (key === '') {
    return 'a key is not empty';
  }
  if (new TextEncoder().encode(key).length > MOST_KEY_BYTES) {
    return `a key has at most ${MOST_KEY_BYTES} bytes`;
  }
  if (key.startsWith('/') || key.includes('\\') || key[1] === ':') {
    return 'a key is relative to its bucket and holds no backslash';
  }
  if (isTable(key)) {
    return 'a key must not begin like the name of a table';
  }
  if (hasControls(key) || /[\ufffe\uffff]/.test(key)) {
    return 'a key holds no control characters';
  }
  if (!key.isWellFormed()) {
    return 'a key is valid Unicode';
  }
  if (HIDDEN.test(key)) {
    return 'a key holds no percent-encoded dots or slashes';
  }
  if (key.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    return "a key holds no empty parts, '.' or '..'";
  }
  return key.startsWith(RESERVED_PREFIX) ? `a key does not begin with ${RESERVED_PREFIX}, where temporary objects lie` : null;
}
