import type { Failure } from '../failure.ts';
import {
  hasEnded, type Attempt, type FullInstance, type Instance, type InstanceFilter, type Json, type Leftover,
  type NewInstance, type Progress, type Run, type Status, type StepRecord,
} from '../instance/types.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS instances (
    id TEXT PRIMARY KEY,
    dataset_id TEXT NOT NULL,
    object_key TEXT,
    request TEXT NOT NULL,
    status TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    progress TEXT,
    output TEXT,
    error TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    ended_at INTEGER
  );
  CREATE UNIQUE INDEX IF NOT EXISTS instances_queued ON instances (object_key) WHERE status = 'queued';
  CREATE INDEX IF NOT EXISTS instances_created ON instances (created_at, id);
  CREATE INDEX IF NOT EXISTS instances_status ON instances (status, created_at);
  CREATE TABLE IF NOT EXISTS steps (
    instance_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    attempts TEXT NOT NULL,
    output TEXT,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (instance_id, name)
  );
  CREATE TABLE IF NOT EXISTS holders (
    object_key TEXT PRIMARY KEY,
    instance_id TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS uploads (
    upload_id TEXT PRIMARY KEY,
    object_key TEXT NOT NULL,
    instance_id TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS leftovers (
    object_key TEXT PRIMARY KEY,
    etag TEXT,
    instance_id TEXT NOT NULL,
    delete_after INTEGER NOT NULL
  );
`;

const MOST_ATTEMPTS = 300;

type Row = Record<string, SqlStorageValue>;

/** The ledger's tables: what was asked for, where it stands, what is left behind. Every method is one transaction. */
export class Book {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(SCHEMA);
  }

  #one(query: string, ...values: SqlStorageValue[]): Row | undefined {
    return this.#sql.exec(query, ...values).toArray()[0];
  }

  // ---- instances

  create(instance: NewInstance, id: string): void {
    const now = Date.now();
    this.#sql.exec(
      `INSERT INTO instances (id, dataset_id, object_key, request, status, epoch, created_at, updated_at)
        VALUES (?, ?, ?, ?, 'queued', 0, ?, ?)`,
      id, instance.datasetId, instance.key, JSON.stringify(instance.request), now, now);
  }

  find(id: string): Instance | undefined {
    const row = this.#one('SELECT * FROM instances WHERE id = ?', id);
    return row === undefined ? undefined : instanceOf(row);
  }

  full(id: string): Omit<FullInstance, 'callbacks'> | undefined {
    const instance = this.find(id);
    return instance === undefined ? undefined : { ...instance, steps: this.#steps(id) };
  }

  #steps(id: string): StepRecord[] {
    return this.#sql.exec('SELECT * FROM steps WHERE instance_id = ? ORDER BY position', id).toArray().map(stepOf);
  }

  /** The newest first. */
  list(filter: InstanceFilter): Instance[] {
    const conditions = ['1 = 1'];
    const values: SqlStorageValue[] = [];
    if (filter.status !== null) {
      conditions.push('status = ?');
      values.push(filter.status);
    }
    if (filter.datasetId !== null) {
      conditions.push('dataset_id = ?');
      values.push(filter.datasetId);
    }
    if (filter.before !== null) {
      conditions.push('(created_at < ? OR created_at = ? AND id < ?)');
      values.push(filter.before, filter.before, filter.beforeId ?? '');
    }
    return this.#sql.exec(
      `SELECT * FROM instances WHERE ${conditions.join(' AND ')} ORDER BY created_at DESC, id DESC LIMIT ?`,
      ...values, filter.limit).toArray().map(instanceOf);
  }

  /** How many instances have each status; those that none has are missing. */
  counts(): Partial<Record<Status, number>> {
    return Object.fromEntries(this.#sql.exec('SELECT status, COUNT(*) AS count FROM instances GROUP BY status')
      .toArray().map((row) => [row.status, row.count]));
  }

  /** The instance that is queued for an object. */
  queuedFor(key: string | null): string | undefined {
    return this.#one("SELECT id FROM instances WHERE status = 'queued' AND object_key = ?", key)?.id as string | undefined;
  }

  /** Those that can begin: queued, and no other instance has their object. The oldest first. */
  ready(limit: number): { id: string; key: string | null }[] {
    return this.#sql.exec(
      `SELECT id, object_key FROM instances WHERE status = 'queued'
        AND (object_key IS NULL OR object_key NOT IN (SELECT object_key FROM holders))
        ORDER BY created_at, id LIMIT ?`, limit)
      .toArray().map((row) => ({ id: String(row.id), key: row.object_key as string | null }));
  }

  /** Those whose Workflow is under way. */
  underWay(): { run: Run; status: Status; updatedAt: number }[] {
    return this.#sql.exec(
      "SELECT id, epoch, status, updated_at FROM instances WHERE status IN ('running', 'waiting', 'waitingForPause')")
      .toArray().map((row) => ({
        run: { id: String(row.id), epoch: Number(row.epoch) },
        status: row.status as Status,
        updatedAt: Number(row.updated_at),
      }));
  }

  /** Takes an instance up together with its object. */
  begin(id: string, key: string | null): Run {
    if (key !== null) {
      this.#sql.exec('INSERT INTO holders (object_key, instance_id) VALUES (?, ?)', key, id);
    }
    this.#sql.exec("UPDATE instances SET status = 'running', epoch = epoch + 1, updated_at = ? WHERE id = ?",
      Date.now(), id);
    return { id, epoch: this.epoch(id) };
  }

  epoch(id: string): number {
    return Number(this.#one('SELECT epoch FROM instances WHERE id = ?', id)?.epoch ?? -1);
  }

  setStatus(id: string, status: Status): void {
    this.#sql.exec('UPDATE instances SET status = ?, updated_at = ? WHERE id = ?', status, Date.now(), id);
  }

  /** Ends an instance and gives its object free. A later epoch keeps its run from writing anything. */
  end(id: string, status: Status, output: Json, error: Failure | null): void {
    const now = Date.now();
    this.#sql.exec(
      `UPDATE instances SET status = ?, epoch = epoch + 1, progress = NULL, output = ?, error = ?, updated_at = ?,
        ended_at = ? WHERE id = ?`,
      status, text(output), text(error as unknown as Json), now, now, id);
    this.release(id);
  }

  /** Whether an instance has its object. */
  holds(id: string): boolean {
    return this.#one('SELECT 1 FROM holders WHERE instance_id = ?', id) !== undefined;
  }

  release(id: string): void {
    this.#sql.exec('DELETE FROM holders WHERE instance_id = ?', id);
  }

  /** Queues an instance over, with its steps forgotten. */
  restart(id: string, key: string | null): void {
    this.#sql.exec(
      `UPDATE instances SET status = 'queued', object_key = coalesce(object_key, ?), epoch = epoch + 1, progress = NULL,
        output = NULL, error = NULL, updated_at = ?, ended_at = NULL WHERE id = ?`, key, Date.now(), id);
    this.#sql.exec('DELETE FROM steps WHERE instance_id = ?', id);
    this.release(id);
  }

  setProgress(id: string, progress: Progress | null): void {
    this.#sql.exec('UPDATE instances SET progress = ?, updated_at = ? WHERE id = ?',
      text(progress as unknown as Json), Date.now(), id);
  }

  /** Forgets instances that ended before a moment. */
  purge(before: number): void {
    this.#sql.exec('DELETE FROM steps WHERE instance_id IN (SELECT id FROM instances WHERE ended_at < ?)', before);
    this.#sql.exec('DELETE FROM instances WHERE ended_at < ?', before);
  }

  // ---- steps

  stepBegins(run: Run, name: string): void {
    const now = Date.now();
    this.#sql.exec(
      `INSERT INTO steps (instance_id, position, name, attempts, started_at)
        VALUES (?, (SELECT COUNT(*) FROM steps WHERE instance_id = ?), ?, '[]', ?) ON CONFLICT DO NOTHING`,
      run.id, run.id, name, now);
    const attempts = this.#attempts(run, name);
    const open = attempts.at(-1);
    if (open !== undefined && open.end === null) {
      // Its isolate is gone, or the platform ended it.
      open.end = iso(now);
      open.error = { name: 'Interrupted', message: 'the attempt was interrupted', remedy: null };
    }
    attempts.push({ start: iso(now), end: null, success: false, error: null });
    this.#write(run, name, attempts.slice(-MOST_ATTEMPTS), null, null);
  }

  /** Returns the attempt that has ended. */
  stepEnds(run: Run, name: string, output: Json): Attempt | undefined {
    const now = Date.now();
    const attempts = this.#ended(run, name, true, null);
    this.#write(run, name, attempts, output, now);
    this.setProgress(run.id, null);
    return attempts.at(-1);
  }

  /** Returns the attempt that has failed. */
  stepFails(run: Run, name: string, error: Failure): Attempt | undefined {
    const attempts = this.#ended(run, name, false, error);
    this.#write(run, name, attempts, null, null);
    this.setProgress(run.id, null);
    return attempts.at(-1);
  }

  /** Why the last attempt failed that did; null for none. */
  lastError(id: string): Failure | null {
    return this.#steps(id).findLast((step) => !step.success)?.attempts.at(-1)?.error ?? null;
  }

  #ended(run: Run, name: string, success: boolean, error: Failure | null): Attempt[] {
    const attempts = this.#attempts(run, name);
    const last = attempts.at(-1);
    if (last !== undefined) {
      Object.assign(last, { end: iso(Date.now()), success, error });
    }
    return attempts;
  }

  #attempts(run: Run, name: string): Attempt[] {
    const row = this.#one('SELECT attempts FROM steps WHERE instance_id = ? AND name = ?', run.id, name);
    return JSON.parse(String(row?.attempts ?? '[]')) as Attempt[];
  }

  #write(run: Run, name: string, attempts: Attempt[], output: Json, ended: number | null): void {
    this.#sql.exec('UPDATE steps SET attempts = ?, output = ?, ended_at = ? WHERE instance_id = ? AND name = ?',
      JSON.stringify(attempts), text(output), ended, run.id, name);
  }

  // ---- what is left in the bucket

  addUpload(run: Run, key: string, uploadId: string): void {
    this.#sql.exec('INSERT INTO uploads (upload_id, object_key, instance_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      uploadId, key, run.id);
  }

  uploadsOf(id: string): { key: string; uploadId: string }[] {
    return this.#sql.exec('SELECT object_key, upload_id FROM uploads WHERE instance_id = ?', id).toArray()
      .map((row) => ({ key: String(row.object_key), uploadId: String(row.upload_id) }));
  }

  removeUploads(id: string): void {
    this.#sql.exec('DELETE FROM uploads WHERE instance_id = ?', id);
  }

  addLeftover(id: string, leftover: Leftover): void {
    this.#sql.exec(
      `INSERT INTO leftovers (object_key, etag, instance_id, delete_after) VALUES (?, ?, ?, ?)
        ON CONFLICT (object_key) DO UPDATE SET etag = excluded.etag, instance_id = excluded.instance_id,
          delete_after = excluded.delete_after`,
      leftover.key, leftover.etag, id, leftover.deleteAfter);
  }

  removeLeftover(key: string): void {
    this.#sql.exec('DELETE FROM leftovers WHERE object_key = ?', key);
  }

  isLeftover(key: string): boolean {
    return this.#one('SELECT 1 FROM leftovers WHERE object_key = ?', key) !== undefined;
  }

  /** Those whose time has come, and whose instance has ended or is forgotten. */
  dueLeftovers(limit: number): Leftover[] {
    return this.#sql.exec(
      `SELECT * FROM leftovers WHERE delete_after <= ? AND NOT EXISTS
        (SELECT 1 FROM instances WHERE instances.id = leftovers.instance_id AND ended_at IS NULL)
        ORDER BY delete_after LIMIT ?`, Date.now(), limit).toArray()
      .map((row) => ({
        key: String(row.object_key),
        etag: row.etag as string | null,
        deleteAfter: Number(row.delete_after),
      }));
  }

  /** When the next thing has to be done of itself; undefined for nothing. */
  nextDeletion(): number | undefined {
    return this.#one('SELECT MIN(delete_after) AS next FROM leftovers')?.next as number | undefined;
  }
}

function text(json: Json): string | null {
  return json === null ? null : JSON.stringify(json);
}

function parsed<T>(value: SqlStorageValue | undefined): T | null {
  return value === null || value === undefined ? null : JSON.parse(String(value)) as T;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function instanceOf(row: Row): Instance {
  return {
    id: String(row.id),
    datasetId: String(row.dataset_id),
    bucketKey: row.object_key as string | null,
    status: row.status as Status,
    error: parsed(row.error),
    output: parsed(row.output),
    progress: hasEnded(row.status as Status) ? null : parsed(row.progress),
    request: JSON.parse(String(row.request)) as Json,
    createdAt: iso(Number(row.created_at)),
    updatedAt: iso(Number(row.updated_at)),
    endedAt: row.ended_at === null ? null : iso(Number(row.ended_at)),
  };
}

function stepOf(row: Row): StepRecord {
  return {
    name: String(row.name),
    start: iso(Number(row.started_at)),
    end: row.ended_at === null ? null : iso(Number(row.ended_at)),
    success: row.output !== null,
    output: parsed(row.output),
    attempts: JSON.parse(String(row.attempts)) as Attempt[],
  };
}
