const FORM = /^(\d{1,9})(ms|s|m|h|d)$/;
const UNITS: readonly (readonly [string, number])[] = [['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1000]];

/**
 * Reads 500ms, 10s, 5m, 24h or 7d; `none` and `0` are zero.
 *
 * @throws Error with a sentence for people, if it is no duration
 */
export function milliseconds(text: string): number {
  if (text === 'none' || text === '0') {
    return 0;
  }
  const [, digits, unit] = FORM.exec(text) ?? [];
  if (digits === undefined) {
    throw new Error(`'${text}' is not a duration; use 10s, 5m, 24h or 7d, for example`);
  }
  return Number(digits) * (UNITS.find(([name]) => name === unit)?.[1] ?? 1);
}

/** The shortest form that {@link milliseconds} reads as the same. */
export function durationText(value: number): string {
  if (value === 0) {
    return 'none';
  }
  const [unit, factor] = UNITS.find(([, size]) => value % size === 0) ?? ['ms', 1];
  return `${value / factor}${unit}`;
}
