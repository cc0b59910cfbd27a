import type { Json } from '../instance/types.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS callbacks (
    instance_id TEXT NOT NULL,
    url TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    http_status INTEGER,
    problem TEXT,
    ended_at INTEGER,
    PRIMARY KEY (instance_id, url)
  );
  CREATE INDEX IF NOT EXISTS callbacks_due ON callbacks (state, next_at);
`;

const MOST_PROBLEM_CHARACTERS = 500;
const DUE = `state = 'pending' AND EXISTS
  (SELECT 1 FROM instances WHERE instances.id = callbacks.instance_id AND instances.ended_at IS NOT NULL)`;

/** One that is to be delivered. */
export interface Callback {
  readonly instanceId: string;
  readonly url: string;
  /** So far. */
  readonly attempts: number;
}

/** What came of an attempt. */
export interface Attempted {
  readonly state: 'pending' | 'delivered' | 'failed';
  /** Null if no answer came. */
  readonly httpStatus: number | null;
  readonly problem: string | null;
  /** When the next attempt is due; null for never. */
  readonly next: number | null;
}

/** The ledger's table of callbacks: who is told when an instance has ended, and what became of that. */
export class CallbackTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(SCHEMA);
  }

  /** The same URL twice is told once. */
  add(instanceId: string, url: string): void {
    this.#sql.exec(
      `INSERT INTO callbacks (instance_id, url, state, attempts, next_at) VALUES (?, ?, 'pending', 0, 0)
        ON CONFLICT DO NOTHING`, instanceId, url);
  }

  /** An instance that is started over is told again. */
  reset(instanceId: string): void {
    this.#sql.exec(
      `UPDATE callbacks SET state = 'pending', attempts = 0, next_at = 0, http_status = NULL, problem = NULL, ended_at = NULL
        WHERE instance_id = ?`, instanceId);
  }

  /** Those of an instance, as GET /status shows them. What follows the question mark may be a secret. */
  of(instanceId: string): Json[] {
    return this.#sql.exec('SELECT * FROM callbacks WHERE instance_id = ? ORDER BY url', instanceId).toArray().map((row) => ({
      url: String(row.url).replace(/\?.*/s, '?…'),
      state: String(row.state),
      attempts: Number(row.attempts),
      httpStatus: row.http_status as number | null,
      problem: row.problem as string | null,
      endedAt: row.ended_at === null ? null : new Date(Number(row.ended_at)).toISOString(),
    }));
  }

  /** When the next attempt is due, in milliseconds; undefined for none. */
  nextAttempt(): number | undefined {
    return this.#sql.exec(`SELECT MIN(next_at) AS next FROM callbacks WHERE ${DUE}`).one().next as number | null ?? undefined;
  }

  /** Those that are due, at most `limit`. Each is due again after `lease` milliseconds, should this isolate die meanwhile. */
  take(limit: number, now: number, lease: number): Callback[] {
    const due = this.#sql.exec(
      `SELECT instance_id, url, attempts FROM callbacks WHERE ${DUE} AND next_at <= ? ORDER BY next_at LIMIT ?`, now, limit)
      .toArray().map((row) => ({ instanceId: String(row.instance_id), url: String(row.url), attempts: Number(row.attempts) }));
    for (const { instanceId, url } of due) {
      this.#sql.exec('UPDATE callbacks SET attempts = attempts + 1, next_at = ? WHERE instance_id = ? AND url = ?',
        now + lease, instanceId, url);
    }
    return due;
  }

  /** Nothing is written if the instance was started over meanwhile. */
  attempted({ instanceId, url, attempts }: Callback, { state, httpStatus, problem, next }: Attempted, now: number): void {
    this.#sql.exec(
      `UPDATE callbacks SET state = ?, http_status = ?, problem = ?, next_at = ?, ended_at = ?
        WHERE instance_id = ? AND url = ? AND attempts = ?`,
      state, httpStatus, problem?.slice(0, MOST_PROBLEM_CHARACTERS) ?? null, next ?? 0, state === 'pending' ? null : now,
      instanceId, url, attempts + 1);
  }

  /** Forgets those of instances that ended before a moment. */
  purge(before: number): void {
    this.#sql.exec('DELETE FROM callbacks WHERE instance_id IN (SELECT id FROM instances WHERE ended_at < ?)', before);
  }
}
