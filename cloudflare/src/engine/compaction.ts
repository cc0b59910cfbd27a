import module from 'glulam-engine/glulam.wasm';
import { Engine, type Compacted, type Host, type Inspected, type Merged, type Planned, type Settings } from 'glulam-engine';
import { breathe } from './breath.ts';
import type { PartCopies } from './part-copies.ts';
import { Requests } from './requests.ts';
import { Source } from './source.ts';
import { inTurn } from './turns.ts';
import { Upload, type UploadListener } from './upload.ts';

/** Memory of the engine's buffers, in bytes: an isolate has 128 MB, for all that it does. */
const BUFFERS = 12 << 20;

const engine = new Engine(module);

/** An object at one version. */
export interface PinnedObject {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
}

/** Hears how far a compaction is, in bytes that were written. */
export type ProgressListener = (written: number) => void;

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
    const source = new Source(bucket, requests, object.key, object.etag);
    const host: Host = {
      ...hostOf(source, object),
      ...written(upload, progress),
      ...(copies === null ? {} : {
        copy: (position: number, length: number) => {
          progress(upload.size);
          return upload.copy(source, copies, position, length);
        },
      }),
    };
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
}

/** What came of a merge, as {@link Outcome}. */
export interface MergeOutcome {
  readonly answer: Merged;
  readonly object?: R2Object;
  readonly requests: Requests;
}

/**
 * Merges objects, in their order, into another one under a temporary key, and verifies that.
 *
 * @param version stands for the versions of all of them
 * @param copies as of {@link compact}
 */
export function merge(
  bucket: R2Bucket, objects: readonly MergedObject[], version: string, temporaryKey: string, settings: Settings,
  copies: PartCopies | null, begun: UploadListener, progress: ProgressListener,
): Promise<MergeOutcome> {
  return inTurn(async () => {
    const requests = new Requests();
    const size = objects.reduce((sum, object) => sum + object.size, 0);
    const upload = new Upload(bucket, requests, temporaryKey, size, begun);
    const inputs = objects.map(({ key, group, size: bytes, etag }) => {
      const source = new Source(bucket, requests, key, etag);
      return { ...sourceOf(source), name: key, group, size: bytes, version: etag, source };
    });
    const answer = await engine.merge(inputs, {
      version,
      remote: true,
      ...written(upload, progress),
      ...(copies === null ? {} : {
        copy: ({ source }: (typeof inputs)[number], position: number, length: number) => {
          progress(upload.size);
          return upload.copy(source, copies, position, length);
        },
      }),
    }, settings, BUFFERS).catch((failure: unknown) => {
      throw requests.refusal ?? failure;
    });
    return answer.bytes === undefined ? { answer, requests } : { answer, object: await upload.seal(), requests };
  });
}

/** How the engine writes the new object. */
function written(upload: Upload, progress: ProgressListener): Required<Pick<Host, 'append' | 'seal' | 'written'>> {
  return {
    append: (bytes) => {
      progress(upload.size);
      const appended = upload.append(bytes);
      const breath = breathe();
      return breath === undefined ? appended : breath.then(() => appended);
    },
    seal: () => upload.seal(),
    written: (offset, length, buffer) => upload.read(offset, length, buffer),
  };
}

function sourceOf(source: Source): Required<Pick<Host, 'read' | 'stream'>> {
  return {
    read: (offset, length, buffer) => source.read(offset, length, buffer),
    stream: (offset, length) => source.stream(offset, length),
  };
}

function hostOf(source: Source, object: PinnedObject): Host {
  return {
    name: object.key,
    size: object.size,
    version: object.etag,
    remote: true,
    ...sourceOf(source),
  };
}
