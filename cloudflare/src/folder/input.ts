/** An object that is merged, at one version. */
export interface MergeInput {
  readonly bucketKey: string;
  /** What it may be merged with: objects of the same group only. */
  readonly group: string;
  readonly size: number;
  readonly version: string;
}
