/** The longest id of a dataset, in characters. */
export const MOST_ID_CHARACTERS = 100;

/** A row of the catalog. */
export interface Dataset {
  readonly id: string;
  /** Null if the catalog does not hold keys. */
  readonly key: string | null;
  readonly compactionNeeded: boolean;
  /** ISO 8601; null for never. */
  readonly lastCompactedAt: string | null;
  /** Null for unknown. */
  readonly fileSizeBytes: number | null;
  /** Another text after every change of the row; compared for equality only; empty if unknown. */
  readonly version: string;
}

/** What a compaction writes into its dataset's row. Writing it twice is the same as writing it once. */
export interface DatasetUpdate {
  /** Null to leave it as it is. */
  readonly lastCompactedAt: string | null;
  readonly fileSizeBytes: number;
  /** Clear the flag if the row's version still is this one; null to keep the flag. */
  readonly clearFlagIf: string | null;
}

export type UpdateResult = 'flag-cleared' | 'flag-kept' | 'missing';

/** Datasets: which object each has, and whether it needs a compaction. Its methods throw CatalogFailed. */
export interface Catalog {
  /** Tries whether it can be used. */
  check(): Promise<void>;
  /** Null if there is none, or it is hidden from us. */
  find(id: string): Promise<Dataset | null>;
  /** In the order of ids, those after `after`. */
  list(after: string, flagged: boolean, limit: number): Promise<Dataset[]>;
  /** The datasets whose objects have these keys, in any order. */
  withKeys(keys: readonly string[]): Promise<Dataset[]>;
  update(id: string, update: DatasetUpdate): Promise<UpdateResult>;
  /** Changes a dataset's key if it still is `from`; whether it is `to` now. */
  changeKey(id: string, from: string, to: string): Promise<boolean>;
  /** False if the id exists; nothing is changed then. */
  add(id: string, key: string, flagged: boolean): Promise<boolean>;
  /** False if there is none of that id. */
  flag(id: string): Promise<boolean>;
}



/** Whether an earlier try has written it, after which a trigger may have changed the row's version. */
export function isWritten(update: DatasetUpdate, row: Dataset): boolean {
  return !row.compactionNeeded
    && row.fileSizeBytes === update.fileSizeBytes
    && (update.lastCompactedAt === null
      || row.lastCompactedAt !== null && Date.parse(row.lastCompactedAt) === Date.parse(update.lastCompactedAt));
}
