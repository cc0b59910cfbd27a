const SIZE = /^([0-9]{1,18}(?:\.[0-9]{1,9})?)\s*([a-z]{0,3})$/i;
const FACTORS: Readonly<Record<string, number>> = {
  '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12,
  k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40,
};

/**
 * Reads 2MiB, 1.5GB or a number of bytes.
 *
 * @throws Error with a sentence for people, if it is no size
 */
export function bytesOf(size: string | number): number {
  const text = String(size);
  const [, digits, unit] = SIZE.exec(text.trim()) ?? [];
  const factor = unit === undefined ? undefined : FACTORS[unit.toLowerCase()];
  if (digits === undefined || factor === undefined) {
    throw new Error(`'${text}' is not a size; write it like 2MiB, 1.5GB or as a number of bytes`);
  }
  return Math.round(Number(digits) * factor);
}
