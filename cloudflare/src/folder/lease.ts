import { StepFailed } from '../failure.ts';

/** As long as core's leases last: how long a run that has died keeps others waiting. */
const DURATION = 60_000;
/** For another run's lease: longer than a lease of a run that died. */
const MAX_WAIT = 90_000;
const POLL = 1000;
const NAME = '_glulam_lease_';

interface LeaseRecord {
  readonly owner: string;
  /** From when on another run may take over; 0 once the owner has ended. */
  readonly expires: number;
  readonly fence: number;
}

/**
 * The right to write to a folder, for a while, by core's rules (Lease.java), so that `glulam merge` keeps away, too: each
 * lease is an object of its own, whose name ends with the fencing number, and is made only if there is none.
 */
export class Lease {
  readonly #bucket: R2Bucket;
  readonly #folder: string;
  #record: LeaseRecord;
  #etag: string;

  private constructor(bucket: R2Bucket, folder: string, record: LeaseRecord, etag: string) {
    this.#bucket = bucket;
    this.#folder = folder;
    this.#record = record;
    this.#etag = etag;
  }

  /**
   * Takes the lease of a folder, and waits for the end of another run's.
   *
   * @param folder a key that ends with a slash
   * @param owner a Workflow: a lease that an earlier attempt of it holds is taken over at once
   * @param lastFence the largest number that is known to have been given
   */
  static async take(bucket: R2Bucket, folder: string, owner: string, lastFence: number): Promise<Lease> {
    const end = Date.now() + MAX_WAIT;
    for (;;) {
      const lease = await Lease.#tried(bucket, folder, owner, lastFence);
      if (lease !== null) {
        return lease;
      }
      if (Date.now() > end) {
        throw new StepFailed('StorageFailed', `${folder}: another run is writing to this folder, or has died there`,
          'run again', { retryable: true });
      }
      await scheduler.wait(POLL);
    }
  }

  /** Null if another run holds it. */
  static async #tried(bucket: R2Bucket, folder: string, owner: string, lastFence: number): Promise<Lease | null> {
    const fences = await fencesOf(bucket, folder);
    const last = Math.max(0, ...fences);
    const held = last === 0 ? null : await recordOf(bucket, keyOf(folder, last));
    if (held !== null && Date.now() < held.expires && held.owner !== owner) {
      return null;
    }
    const record = { owner, expires: Date.now() + DURATION, fence: Math.max(last, lastFence) + 1 };
    const made = await bucket.put(keyOf(folder, record.fence), textOf(record), { onlyIf: { etagDoesNotMatch: '*' } });
    if (made === null) {
      return null;
    }
    if (fences.length > 0) {
      await bucket.delete(fences.map((fence) => keyOf(folder, fence)));
    }
    return new Lease(bucket, folder, record, made.etag);
  }

  get fence(): number {
    return this.#record.fence;
  }

  /** Makes sure that no other run has taken over; called before each step that others would see. */
  async require(): Promise<void> {
    if (this.#record.expires - Date.now() < DURATION / 2) {
      await this.#write(Date.now() + DURATION);
    }
    if (await this.#bucket.head(keyOf(this.#folder, this.#record.fence + 1)) !== null) {
      throw lost(this.#folder);
    }
  }

  async #write(expires: number): Promise<void> {
    const record = { ...this.#record, expires };
    const made = await this.#bucket.put(keyOf(this.#folder, record.fence), textOf(record), { onlyIf: { etagMatches: this.#etag } });
    if (made === null) {
      throw lost(this.#folder);
    }
    this.#record = record;
    this.#etag = made.etag;
  }

  /** Gives the lease back, so that the next run need not wait. If that fails, it ends by itself. */
  async release(): Promise<void> {
    await this.#write(0).catch((failure: unknown) => console.warn(`the lease of ${this.#folder} ends by itself: ${failure}`));
  }
}

function lost(folder: string): StepFailed {
  return new StepFailed('SourceChanged', `${folder}: this run's lease of the folder has ended, and another run has taken over`,
    'restart the instance: the other run goes on with what this one has left');
}

function keyOf(folder: string, fence: number): string {
  return `${folder}${NAME}${String(fence).padStart(8, '0')}.json`;
}

async function fencesOf(bucket: R2Bucket, folder: string): Promise<number[]> {
  const { objects } = await bucket.list({ prefix: `${folder}${NAME}` });
  return objects.map(({ key }) => /^(\d{8,15})\.json$/.exec(key.slice(folder.length + NAME.length))?.[1])
    .filter((digits) => digits !== undefined).map(Number);
}

/** Null if there is none any more. */
async function recordOf(bucket: R2Bucket, key: string): Promise<LeaseRecord | null> {
  const object = await bucket.get(key);
  if (object === null) {
    return null;
  }
  const json = await object.json<Partial<LeaseRecord> & { format?: string; version?: number }>().catch(() => ({}) as never);
  const { format, version, owner, expires, fence } = json;
  if (format !== 'glulam-lease' || version !== 1 || typeof owner !== 'string' || typeof expires !== 'number'
    || typeof fence !== 'number') {
    throw new StepFailed('CorruptFile', `${key}: not a lease of a merge`, 'merge into a new folder; this one is left as it is',
      { refusal: true });
  }
  return { owner, expires, fence };
}

function textOf({ owner, expires, fence }: LeaseRecord): string {
  return JSON.stringify({ format: 'glulam-lease', version: 1, owner, expires, fence });
}
