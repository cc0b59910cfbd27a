import type { Env } from '../env.ts';

/** The names of the table and its columns. */
export interface Names {
  readonly schema: string | null;
  readonly table: string;
  readonly id: string;
  /** Null where the table has no column for keys. */
  readonly key: string | null;
  readonly flag: string;
  readonly compactedAt: string;
  readonly size: string;
  readonly version: string;
}

/** The names that the settings give. */
export function namesOf(env: Env): Names {
  const [table = 'datasets', schema = null] = (env.GLULAM_CATALOG_TABLE ?? 'datasets').split('.', 2).reverse();
  const key = env.GLULAM_COLUMN_KEY ?? 'bucket_key';
  return {
    schema,
    table,
    id: env.GLULAM_COLUMN_ID ?? 'id',
    key: key === 'none' ? null : key,
    flag: env.GLULAM_COLUMN_FLAG ?? 'compaction_needed',
    compactedAt: env.GLULAM_COLUMN_COMPACTED_AT ?? 'last_compacted_at',
    size: env.GLULAM_COLUMN_SIZE ?? 'file_size_bytes',
    version: env.GLULAM_COLUMN_VERSION ?? 'updated_at',
  };
}
