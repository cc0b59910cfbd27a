// The sketch's object of 1 GB: 88 % of its bytes in healthy row groups, the others in four runs of fragments.
import { fragmentedPieces } from '../scripts/fragmented.mjs';

export const RUNS = 4;
const FRAGMENTS = 30;
const HEALTHY = 7;
const FRAGMENT_ROWS = 104_000;

/** Seven healthy row groups of some 31 MB after each run of fragments of some 1 MB. */
export function sketched() {
  return arranged(Array(RUNS).fill([...Array(FRAGMENTS).fill(FRAGMENT_ROWS), ...Array(HEALTHY).fill(3_300_000)]).flat());
}

/**
 * A file in pieces: row groups of these rows each.
 *
 * @return beside them the rows of all, and the ranges `[start, end)` of row groups that lie together, those of fragments and others
 */
export function arranged(counts) {
  const pieces = fragmentedPieces(counts.length, counts, 0, 1);
  const columns = (pieces.length - 4) / counts.length;
  const runs = { fragments: [], healthy: [] };
  let at = pieces[0].length;
  counts.forEach((rows, group) => {
    const first = 1 + group * columns;
    const end = pieces.slice(first, first + columns).reduce((sum, piece) => sum + piece.length, at);
    const of = rows <= FRAGMENT_ROWS ? runs.fragments : runs.healthy;
    if (of.at(-1)?.end === at) {
      of.at(-1).end = end;
    } else {
      of.push({ start: at, end });
    }
    at = end;
  });
  return { pieces, rows: counts.reduce((sum, count) => sum + count, 0), ...runs };
}
