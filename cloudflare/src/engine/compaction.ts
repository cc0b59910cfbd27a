import { Engine, type Compacted, type Inspected, type Mapped, type Merged, type Planned, type Settings } from 'glulam-engine';
import module from 'glulam-engine/glulam.wasm';
import { BUFFERS, compactingHost, hostOf, sourceOf, written, type PinnedObject, type ProgressListener } from './host.ts';
import type { PartCopies } from './part-copies.ts';
import { Requests } from './requests.ts';
import { Source } from './source.ts';
import { inTurn } from './turns.ts';
import { Upload, type UploadListener } from './upload.ts';

const engine = new Engine(module);

/** What came of a compaction; `object` is the verified one under the temporary key, missing where there was nothing to do. */
export interface Outcome {
  readonly answer: Compacted;
  readonly object?: R2Object;
  readonly requests: Requests;
}

/** @throws GlulamError for the first setting that is wrong */
export function checkSettings(settings: Settings): Promise<unknown> {
  return inTurn(() => engine.check(settings));
}

export function inspect(bucket: R2Bucket, object: PinnedObject, settings: Settings): Promise<Inspected> {
  return inTurn(() => engine.inspect(hostOf(new Source(bucket, new Requests(), object.key, object.etag), object), settings, BUFFERS));
}

/** As {@link inspect}, with the column chunks of the first row groups and columns. */
export function chunks(bucket: R2Bucket, object: PinnedObject, settings: Settings): Promise<Mapped> {
  return inTurn(() => engine.chunks(hostOf(new Source(bucket, new Requests(), object.key, object.etag), object), settings, BUFFERS));
}

/** The first pages of a column chunk, as JSON; absent if there is no such chunk. */
export function pages(bucket: R2Bucket, object: PinnedObject, rowGroup: number, column: number): Promise<{ pages?: string }> {
  return inTurn(() =>
    engine.pages(hostOf(new Source(bucket, new Requests(), object.key, object.etag), object), rowGroup, column, BUFFERS));
}

export function plan(bucket: R2Bucket, object: PinnedObject, settings: Settings): Promise<Planned> {
  return inTurn(() => engine.plan(hostOf(new Source(bucket, new Requests(), object.key, object.etag), object), settings, BUFFERS));
}

/**
 * Compacts an object into another one under a temporary key, and verifies that.
 *
 * @param copies that keep healthy row groups out of the isolate; null where the bucket's S3 side is not set up
 */
export function compact(
  bucket: R2Bucket, object: PinnedObject, temporaryKey: string, settings: Settings, copies: PartCopies | null,
  begun: UploadListener, progress: ProgressListener,
): Promise<Outcome> {
  return inTurn(async () => {
    const requests = new Requests();
    const upload = new Upload(bucket, requests, temporaryKey, object.size, begun);
    const host = compactingHost(new Source(bucket, requests, object.key, object.etag), object, upload, copies, progress);
    const answer = await engine.compact(host, settings, BUFFERS).catch((failure: unknown) => {
      throw requests.refusal ?? failure;
    });
    return answer.bytes === undefined ? { answer, requests } : { answer, object: await upload.seal(), requests };
  });
}

/** An input of a merge. */
export interface MergedObject extends PinnedObject {
  /** Objects of one group only go into one object. */
  readonly group: string;
  /** How many of its row groups are left out, from the first one on. */
  readonly done: number;
}

/** What came of a merge: `objects` are the verified ones under their temporary keys, in the order of the answer's outputs. */
export interface MergeOutcome {
  readonly answer: Merged;
  readonly objects: R2Object[];
  readonly requests: Requests;
}

/**
 * Merges objects, in their order, into others under temporary keys, and verifies those.
 *
 * @param version stands for the versions of all of them
 * @param temporaryKey gives the key of each new object by its number
 * @param copies as of {@link compact}
 */
export function merge(
  bucket: R2Bucket, objects: readonly MergedObject[], version: string, temporaryKey: (number: number) => string, settings: Settings,
  copies: PartCopies | null, begun: (key: string, uploadId: string) => Promise<void>, progress: ProgressListener,
): Promise<MergeOutcome> {
  return inTurn(async () => {
    const requests = new Requests();
    const size = objects.reduce((sum, object) => sum + object.size, 0);
    const inputs = objects.map(({ key, group, size: bytes, etag, done }) => {
      const source = new Source(bucket, requests, key, etag);
      return { ...sourceOf(source), name: key, group, size: bytes, version: etag, done, source };
    });
    const uploads: Upload[] = [];
    const answer = await engine.merge(inputs, {
      version,
      remote: true,
      copies: copies !== null,
      begin: () => {
        const key = temporaryKey(uploads.length);
        const upload = new Upload(bucket, requests, key, size, (uploadId) => begun(key, uploadId));
        const before = uploads.reduce((sum, other) => sum + other.size, 0);
        const told = (bytes: number) => progress(before + bytes);
        uploads.push(upload);
        return {
          ...written(upload, told),
          copy: ({ source }, position, length) => upload.copy(source, copies, position, length, () => told(upload.size)),
        };
      },
    }, settings, BUFFERS).catch((failure: unknown) => {
      throw requests.refusal ?? failure;
    });
    return { answer, objects: await Promise.all(uploads.map((upload) => upload.seal())), requests };
  });
}
