import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../env.ts';
import { isWritten, type Catalog, type Dataset, type DatasetUpdate, type UpdateResult } from './catalog.ts';

const COLUMNS = 'id, bucket_key, compaction_needed, last_compacted_at, file_size_bytes, version';

/** A catalog of our own, for where there is no other: a table in a Durable Object. */
export class LocalCatalog extends DurableObject<Env> implements Catalog {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql.exec(`CREATE TABLE IF NOT EXISTS datasets (
      id TEXT PRIMARY KEY,
      bucket_key TEXT NOT NULL,
      compaction_needed INTEGER NOT NULL,
      last_compacted_at TEXT,
      file_size_bytes INTEGER,
      version INTEGER NOT NULL
    )`);
    this.#sql.exec('CREATE INDEX IF NOT EXISTS datasets_key ON datasets (bucket_key)');
  }

  get #sql(): SqlStorage {
    return this.ctx.storage.sql;
  }

  async check(): Promise<void> {
    this.#sql.exec('SELECT 1 FROM datasets LIMIT 1');
  }

  async find(id: string): Promise<Dataset | null> {
    return this.#find(id);
  }

  #find(id: string): Dataset | null {
    return this.#rows('WHERE id = ?', id)[0] ?? null;
  }

  async list(after: string, flagged: boolean, limit: number): Promise<Dataset[]> {
    return this.#rows(`WHERE id > ? ${flagged ? 'AND compaction_needed = 1' : ''} ORDER BY id LIMIT ?`, after, limit);
  }

  async withKeys(keys: readonly string[]): Promise<Dataset[]> {
    return keys.flatMap((key) => this.#rows('WHERE bucket_key = ?', key));
  }

  #rows(where: string, ...values: SqlStorageValue[]): Dataset[] {
    return this.#sql.exec(`SELECT ${COLUMNS} FROM datasets ${where}`, ...values).toArray().map((row) => ({
      id: String(row.id),
      key: String(row.bucket_key),
      compactionNeeded: row.compaction_needed === 1,
      lastCompactedAt: row.last_compacted_at as string | null,
      fileSizeBytes: row.file_size_bytes as number | null,
      version: String(row.version),
    }));
  }

  /** Our own writing does not change the version, as a trigger of Supabase's would; no other tells us apart from people. */
  async update(id: string, update: DatasetUpdate): Promise<UpdateResult> {
    const row = this.#find(id);
    if (row === null) {
      return 'missing';
    }
    const cleared = update.clearFlagIf !== null && (row.version === update.clearFlagIf || isWritten(update, row));
    this.#sql.exec(
      `UPDATE datasets SET file_size_bytes = ?, last_compacted_at = coalesce(?, last_compacted_at),
        compaction_needed = CASE WHEN ? THEN 0 ELSE compaction_needed END WHERE id = ?`,
      update.fileSizeBytes, update.lastCompactedAt, cleared ? 1 : 0, id);
    return cleared ? 'flag-cleared' : 'flag-kept';
  }

  async changeKey(id: string, from: string, to: string): Promise<boolean> {
    this.#sql.exec('UPDATE datasets SET bucket_key = ? WHERE id = ? AND bucket_key = ?', to, id, from);
    return this.#find(id)?.key === to;
  }

  async add(id: string, key: string, flagged: boolean): Promise<boolean> {
    return this.#sql.exec(
      `INSERT INTO datasets (id, bucket_key, compaction_needed, version) VALUES (?, ?, ?, 1)
        ON CONFLICT DO NOTHING`, id, key, flagged ? 1 : 0).rowsWritten > 0;
  }

  async flag(id: string): Promise<boolean> {
    this.#sql.exec('UPDATE datasets SET compaction_needed = 1, version = version + 1 WHERE id = ?', id);
    return this.#find(id) !== null;
  }
}
