import { SourceChanged } from 'glulam-engine';
import { StepFailed, StorageAnswer } from '../failure.ts';
import type { S3Settings } from '../settings.ts';
import { signed } from './signature.ts';
import { CHANGED } from './source.ts';

/** A part of an upload that the store fills with a range of another object. */
export interface PartCopy {
  readonly key: string;
  readonly uploadId: string;
  readonly number: number;
  readonly sourceKey: string;
  readonly offset: number;
  readonly length: number;
}

const ETAG = /<ETag>(?:&quot;|")?([^<"&]+)(?:&quot;|")?<\/ETag>/i;
const CODE = /<Code>([A-Za-z]+)<\/Code>/;

/**
 * Has R2 copy ranges of objects inside the bucket, by its S3 side: the binding does not copy. R2 takes no condition on what is
 * copied: the caller looks before and after whether it was the same version.
 */
export class PartCopies {
  readonly #settings: S3Settings;

  constructor(settings: S3Settings) {
    this.#settings = settings;
  }

  /**
   * Returns the part, for the upload's completion by the binding.
   *
   * @throws SourceChanged if the source is gone
   * @throws StepFailed if the key is refused
   * @throws StorageAnswer if another try may help
   */
  async copy({ key, uploadId, number, sourceKey, offset, length }: PartCopy): Promise<R2UploadedPart> {
    const url = new URL(`${this.#settings.url}/${encoded(key)}`);
    url.searchParams.set('partNumber', String(number));
    url.searchParams.set('uploadId', uploadId);
    const bucket = new URL(this.#settings.url).pathname.split('/').at(-1)!;
    const request = await signed(this.#settings, 'PUT', url, {
      'x-amz-copy-source': `/${bucket}/${encoded(sourceKey)}`,
      'x-amz-copy-source-range': `bytes=${offset}-${offset + length - 1}`,
    }, new Date());
    const response = await fetch(request, { redirect: 'manual' });
    const text = await response.text();
    const [, etag] = ETAG.exec(text) ?? [];
    if (response.status === 200 && etag !== undefined) {
      return { partNumber: number, etag };
    }
    throw failureOf(response.status, CODE.exec(text)?.[1] ?? '');
  }
}

function failureOf(status: number, code: string): Error {
  if (status === 404 && code === 'NoSuchKey') {
    return new SourceChanged(CHANGED);
  }
  const problem = `R2 answers ${status} ${code} to a copy of a part`;
  return status === 401 || status === 403
    ? new StepFailed('StorageFailed', problem, 'check GLULAM_S3_URL and the key: it needs to read and write objects')
    : new StorageAnswer(problem);
}

/** As signatures want it: all but letters, digits, dashes, dots, underscores, tildes and slashes. */
function encoded(key: string): string {
  return key.split('/').map((part) => encodeURIComponent(part).replace(
    /[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)).join('/');
}
