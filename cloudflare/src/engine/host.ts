import type { Host } from 'glulam-engine';
import { breathe } from './breath.ts';
import type { PartCopies } from './part-copies.ts';
import type { Source } from './source.ts';
import type { Upload } from './upload.ts';

/** Memory of the engine's buffers, in bytes: an isolate has 128 MB, for all that it does. */
export const BUFFERS = 12 << 20;

/** An object at one version. */
export interface PinnedObject {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
}

/** Hears how far a compaction is, in bytes that were written. */
export type ProgressListener = (written: number) => void;

/** An object as the engine reads it. */
export function hostOf(source: Source, object: PinnedObject): Host {
  return {
    name: object.key,
    size: object.size,
    version: object.etag,
    remote: true,
    ...sourceOf(source),
  };
}

export function sourceOf(source: Source): Required<Pick<Host, 'read' | 'stream'>> {
  return {
    read: (offset, length, buffer) => source.read(offset, length, buffer),
    stream: (offset, length) => source.stream(offset, length),
  };
}

/** How the engine writes the new object. */
export function written(upload: Upload, progress: ProgressListener): Required<Pick<Host, 'append' | 'seal' | 'written'>> {
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

/**
 * An object and the new one that it is compacted into.
 *
 * @param copies that keep healthy row groups out of the isolate; null where the bucket's S3 side is not set up
 */
export function compactingHost(
  source: Source, object: PinnedObject, upload: Upload, copies: PartCopies | null, progress: ProgressListener,
): Host {
  return {
    ...hostOf(source, object),
    ...written(upload, progress),
    copies: copies !== null,
    copy: (position, length) => upload.copy(source, copies, position, length, () => progress(upload.size)),
  };
}
