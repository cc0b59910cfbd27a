// Objects with long footers. Names are long, so that fewer column chunks make a footer as long.
import { fragmented } from '../scripts/fragmented.mjs';

/** @param columns a multiple of four */
export function longFooter(rowGroups, columns, nameLength, rows) {
  const names = Object.fromEntries(['id', 'at', 'city', 'amount'].map((name) => [name, nameOf(name, nameLength)]));
  return fragmented(rowGroups, rows, 0, 1, names, columns / 4);
}

/** What a column is called there. */
export function nameOf(column, nameLength) {
  return column.padEnd(nameLength, '_');
}
