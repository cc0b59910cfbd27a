const TRAILER = 8;

/** An object at one version. */
interface PinnedObject {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
}

/**
 * What tells a file from others by its footer, as core's FooterDigest has it; null if the object is no Parquet file, or another
 * version by now.
 *
 * @param footerBytes with the trailer; undefined if they are not known
 */
export async function footerDigest(bucket: R2Bucket, object: PinnedObject, footerBytes?: number): Promise<string | null> {
  const length = footerBytes ?? await footerLength(bucket, object);
  if (length === null || length <= TRAILER || length > object.size) {
    return null;
  }
  const footer = await rangeOf(bucket, object, object.size - length, length - TRAILER);
  if (footer === null) {
    return null;
  }
  const digest = new crypto.DigestStream('SHA-256');
  await footer.body.pipeTo(digest);
  return `sha256:${[...new Uint8Array(await digest.digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

async function footerLength(bucket: R2Bucket, object: PinnedObject): Promise<number | null> {
  const end = object.size < TRAILER ? null : await rangeOf(bucket, object, object.size - TRAILER, TRAILER);
  if (end === null) {
    return null;
  }
  const bytes = await end.arrayBuffer();
  const isParquet = new TextDecoder().decode(bytes.slice(4)) === 'PAR1';
  return isParquet ? new DataView(bytes).getUint32(0, true) + TRAILER : null;
}

async function rangeOf(bucket: R2Bucket, { key, etag }: PinnedObject, offset: number, length: number): Promise<R2ObjectBody | null> {
  const object = await bucket.get(key, { range: { offset, length }, onlyIf: { etagMatches: etag } });
  return object !== null && 'body' in object ? object : null;
}
