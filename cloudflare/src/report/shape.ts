/** What a footer tells of a file's layout; the engine writes it (Shape.java). */
export interface Shape {
  readonly bytes: number;
  /** Of the footer, with its length and magic. */
  readonly footerBytes: number;
  readonly rows: number;
  /** Leaf columns. */
  readonly columns: number;
  /** Bytes under which a row group is a fragment. */
  readonly threshold: number;
  readonly pageIndexes: boolean;
  /** Whether a compaction would merge any row groups, as far as the footer tells. */
  readonly compactable: boolean;
  /** Row groups that a compaction would leave, as far as the footer tells. */
  readonly rowGroupsAfter: number;
  /** Compressed bytes of the row groups, in file order. */
  readonly rowGroupSizes: readonly number[];
}

export function shapeOf(json: string): Shape {
  return JSON.parse(json) as Shape;
}

export function fragmentsOf(shape: Shape): number {
  return shape.rowGroupSizes.filter((size) => size < shape.threshold).length;
}

export function rowGroupBytes(shape: Shape): number {
  return shape.rowGroupSizes.reduce((sum, size) => sum + size, 0);
}
