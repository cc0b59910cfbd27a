import { StepFailed } from '../failure.ts';
import { footerDigest } from './digest.ts';
import type { MergeInput } from './input.ts';
import type { Lease } from './lease.ts';
import { EMPTY, readManifest, rowGroupsOf, settled, stateOf, textOf, type Intent, type Manifest } from './manifest.ts';

const MANIFEST = '_glulam_manifest.json';
/** What an isolate reads at once. */
const MOST_MANIFEST = 16 << 20;
const MOST_LISTED = 100_000;

/** An input of which rows are missing in the folder. */
export interface FreshInput extends MergeInput {
  /** How many of its row groups are in the folder, from the first one on. */
  readonly done: number;
}

/**
 * A folder that merges write to: what its manifest tells, by the rules of core's MergedFolder. The manifest is replaced before
 * each new object is published, and announces it; so the new object's publishing is what commits.
 */
export class MergedFolder {
  readonly #bucket: R2Bucket;
  readonly #folder: string;
  readonly #bucketName: string;
  /** Of the manifest that was read or written last; null for none. */
  #etag: string | null = null;
  #saved: Manifest = EMPTY;
  #manifest: Manifest = EMPTY;
  #files: ReadonlySet<string> = new Set();

  private constructor(bucket: R2Bucket, folder: string, bucketName: string) {
    this.#bucket = bucket;
    this.#folder = folder;
    this.#bucketName = bucketName;
  }

  /**
   * Reads the manifest, finds out what became of an output that a run before has announced, and lists the folder.
   *
   * @param folder a key that ends with a slash
   * @param bucketName that addresses in manifests have
   */
  static async open(bucket: R2Bucket, folder: string, bucketName: string): Promise<MergedFolder> {
    const merged = new MergedFolder(bucket, folder, bucketName);
    await merged.#read();
    merged.#files = await filesIn(bucket, folder);
    return merged;
  }

  async #read(): Promise<void> {
    const key = this.#folder + MANIFEST;
    const object = await this.#bucket.get(key);
    if (object === null) {
      return;
    }
    if (object.size > MOST_MANIFEST) {
      throw new StepFailed('Unsupported', `${key}: ${object.size} bytes are more than a Worker reads`, 'merge into a new folder',
        { refusal: true });
    }
    this.#etag = object.etag;
    this.#saved = readManifest(key, await object.text());
    this.#manifest = await this.#recovered(this.#saved);
  }

  async #recovered(read: Manifest): Promise<Manifest> {
    const { pending } = read;
    if (pending === null) {
      return read;
    }
    const key = this.#folder + pending.output.name;
    const head = await this.#bucket.head(key);
    if (head === null) {
      return { ...read, pending: null };
    }
    if (head.size === pending.output.size && await footerDigest(this.#bucket, head) === pending.output.digest) {
      return settled(read, versionOf(head.etag));
    }
    throw new StepFailed('SourceChanged', `${key}: it is not the file that the folder's manifest announces, so no one knows whose `
      + 'rows it holds', 'move it away, then restart the instance');
  }

  get manifest(): Manifest {
    return this.#manifest;
  }

  /** Its key, with a slash at the end. */
  get name(): string {
    return this.#folder;
  }

  /** What manifests call an object. */
  addressOf(key: string): string {
    return `r2://${this.#bucketName}/${key}`;
  }

  /** @throws StepFailed if others write to the folder in other ways */
  requireOurs(): void {
    const foreign = [...this.#files].find((file) => !this.#manifest.outputs.has(file));
    if (foreign !== undefined) {
      throw new StepFailed('StorageFailed',
        `${this.#folder}: it holds Parquet files that no merge into it has recorded, such as ${foreign}`,
        'name a new or an empty folder', { refusal: true });
    }
    const root = this.addressOf(this.#folder);
    const twice = [...this.#manifest.outputs.keys()].some((name) => this.#manifest.inputs.get(root + name)?.whole === true);
    if (this.#manifest.journal !== null || twice) {
      throw new StepFailed('StorageFailed', `${this.#folder}: a merge that deletes its inputs did not end here, and files whose rows `
        + 'are in others are still there', 'run glulam merge --replace again with the same inputs', { refusal: true });
    }
  }

  /** The inputs whose rows, or some of them, are not in the folder yet, and how many are passed over. */
  fresh(inputs: readonly MergeInput[]): { inputs: FreshInput[]; passedOver: Record<string, number> } {
    const fresh: FreshInput[] = [];
    const passedOver: Record<string, number> = {};
    for (const input of inputs) {
      const isOutput = input.bucketKey.startsWith(this.#folder)
        && this.#manifest.outputs.has(input.bucketKey.slice(this.#folder.length));
      const state = isOutput ? 'OUTPUT' : this.stateOf(input);
      if (state === 'CHANGED') {
        throw this.changed(input);
      }
      if (state === 'NEW' || state === 'PARTLY') {
        fresh.push({ ...input, done: rowGroupsOf(this.#manifest, this.addressOf(input.bucketKey)) });
      } else {
        passedOver[state] = (passedOver[state] ?? 0) + 1;
      }
    }
    return { inputs: fresh, passedOver };
  }

  stateOf({ bucketKey, size, version }: MergeInput): ReturnType<typeof stateOf> {
    return stateOf(this.#manifest, this.addressOf(bucketKey), size, versionOf(version));
  }

  changed({ bucketKey }: MergeInput): StepFailed {
    return new StepFailed('SourceChanged', `${bucketKey}: it changed after a merge had taken its rows into ${this.#folder}`,
      'give the new version another name, or merge into a new folder');
  }

  /** The number of a group's first new output. */
  firstFree(group: string): number {
    const numbers = [...this.#files, ...this.#manifest.outputs.keys()].map((name) => numberOf(group, name));
    return Math.max(-1, ...numbers) + 1;
  }

  /** Writes down that an output is about to be published. */
  async announce(lease: Lease, pending: Intent): Promise<void> {
    await this.#save(lease, { ...this.#manifest, pending });
  }

  /** The output that was announced last is there. */
  settle(etag: string): void {
    this.#manifest = settled(this.#manifest, versionOf(etag));
  }

  /** Replaces the manifest, if this run knows more than it tells. */
  async save(lease: Lease): Promise<void> {
    if (this.#manifest !== this.#saved) {
      await this.#save(lease, this.#manifest);
    }
  }

  async #save(lease: Lease, manifest: Manifest): Promise<void> {
    await lease.require();
    const next = { ...manifest, fence: lease.fence };
    const onlyIf = this.#etag === null ? { etagDoesNotMatch: '*' } : { etagMatches: this.#etag };
    const made = await this.#bucket.put(this.#folder + MANIFEST, textOf(next), { onlyIf });
    if (made === null) {
      throw new StepFailed('SourceChanged', `${this.#folder}: another run has replaced the folder's manifest`, 'restart the instance');
    }
    this.#etag = made.etag;
    this.#saved = next;
    this.#manifest = next;
  }
}

/** A version as `glulam merge` has it: the entity tag in its quotes. */
export function versionOf(etag: string): string {
  return `"${etag}"`;
}

/** A group's output by its number, below the folder: `dt=1/part-00000.parquet`. */
export function outputName(group: string, number: number): string {
  return `${group === '' ? '' : `${group}/`}part-${String(number).padStart(5, '0')}.parquet`;
}

/** -1 for a name that is not the group's. */
function numberOf(group: string, name: string): number {
  const start = group === '' ? '' : `${group}/`;
  const digits = name.startsWith(start) ? /^part-(\d{1,9})\.parquet$/.exec(name.slice(start.length))?.[1] : undefined;
  return digits === undefined ? -1 : Number(digits);
}

/** Names of all Parquet files but hidden ones. */
async function filesIn(bucket: R2Bucket, folder: string): Promise<Set<string>> {
  const files = new Set<string>();
  let cursor: string | undefined;
  for (let listed = 0; ;) {
    const page = await bucket.list({ prefix: folder, ...(cursor === undefined ? {} : { cursor }) });
    for (const { key } of page.objects) {
      const name = key.slice(folder.length);
      if (name.endsWith('.parquet') && !name.split('/').some(isHidden)) {
        files.add(name);
      }
    }
    listed += page.objects.length;
    if (!page.truncated) {
      return files;
    }
    if (listed > MOST_LISTED) {
      throw new StepFailed('TooManyInputs', `more than ${MOST_LISTED} objects lie under ${folder}`, 'merge into a new folder');
    }
    cursor = page.cursor;
  }
}

function isHidden(part: string): boolean {
  return part.startsWith('.') || part.startsWith('_') && !part.includes('=');
}
