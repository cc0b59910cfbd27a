import type { PlannedGroup } from './plan.ts';
import type { Shape } from './shape.ts';

/** Bytes, row groups, and what they are: healthy, fragment or merged. */
export type Piece = [number, number, Kind];
type Kind = 'h' | 'f' | 'm';

const MOST_PIECES = 600;
const KINDS: readonly Kind[] = ['f', 'h', 'm'];

/** The row groups as they are, to be drawn to scale; neighbours share a piece where there are too many. */
export function pictureOf(shape: Shape): Piece[] {
  return pieces(shape.rowGroupSizes, shape.rowGroupSizes.map((size) => kindOf(size, shape)));
}

/** The row groups as a plan makes them, of the sizes that it expects. */
export function expectedPicture(groups: readonly PlannedGroup[], source: Shape): Piece[] {
  return pieces(
    groups.map((group) => group.expectedBytes),
    groups.map((group) => (group.merged ? 'm' : kindOf(group.sourceBytes, source))),
  );
}

/** The row groups as they came out, with the kinds of what was expected. */
export function madePicture(expected: readonly Piece[], shape: Shape): Piece[] {
  return expected.length === shape.rowGroupSizes.length
    ? pieces(shape.rowGroupSizes, expected.map(([, , kind]) => kind))
    : pictureOf(shape);
}

function kindOf(size: number, shape: Shape): Kind {
  return size < shape.threshold ? 'f' : 'h';
}

function pieces(sizes: readonly number[], kinds: readonly Kind[]): Piece[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const least = sizes.length <= MOST_PIECES ? 0 : Math.floor(total / (MOST_PIECES - 1)) + 1;
  const made: Piece[] = [];
  let first = 0;
  let bytes = 0;
  sizes.forEach((size, i) => {
    bytes += size;
    if (bytes >= least || i === sizes.length - 1) {
      made.push([bytes, i + 1 - first, mostly(sizes.slice(first, i + 1), kinds.slice(first, i + 1))]);
      first = i + 1;
      bytes = 0;
    }
  });
  return made;
}

/** The kind that most of the bytes have. */
function mostly(sizes: readonly number[], kinds: readonly Kind[]): Kind {
  const bytesOf = (kind: Kind) => sizes.reduce((sum, size, i) => sum + (kinds[i] === kind ? size : 0), 0);
  return KINDS.filter((kind) => kinds.includes(kind))
    .reduce((most, kind) => (bytesOf(kind) > bytesOf(most) ? kind : most));
}
