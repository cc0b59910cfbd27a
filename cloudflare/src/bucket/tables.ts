import { StepFailed } from '../failure.ts';

/** What an object belongs to: the table format's name, and the object or folder by which it was recognized. */
export interface Membership {
  readonly format: string;
  readonly evidence: string;
}

const DUCKLAKE_FILE = /^ducklake-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-delete)?\.parquet$/;
const DUCKLAKE_CATALOG = '.ducklake';
const DUCKLAKE_FOLDER = '.ducklake.files/';
/** How far above an object a DuckLake catalog may lie: data path, schema, table, and one partition. */
const DUCKLAKE_LEVELS = 4;
/** Objects of a metadata folder that are looked at, and objects beside the data. */
const MOST_METADATA = 10_000;
const MOST_BESIDE = 1000;
const PAGE = 1000;

/**
 * The table that an object belongs to, as far as can be seen beside and above it; null for none. The same rules as
 * core's TableFormats: a table's metadata pins its objects, so they must not be replaced without its knowledge.
 */
export async function tableOf(bucket: R2Bucket, key: string): Promise<Membership | null> {
  if (DUCKLAKE_FILE.test(key.slice(key.lastIndexOf('/') + 1))) {
    return { format: 'DuckLake', evidence: key };
  }
  const folders = foldersOf(key);
  for (const [level, folder] of folders.entries()) {
    const found = await findIn(bucket, folder, level);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

/** @throws StepFailed if the object belongs to a table */
export async function requireNoTable(bucket: R2Bucket, key: string): Promise<void> {
  const found = await tableOf(bucket, key);
  if (found !== null) {
    const article = found.format === 'Iceberg' ? 'an' : 'a';
    throw new StepFailed('Unsupported',
      `${key}: it belongs to ${article} ${found.format} table (${found.evidence}), whose metadata pins it, so it is not replaced`,
      "use the table's own compaction, or write to another object", { refusal: true });
  }
}

/** With their slashes, the nearest first; the last one is the bucket's root, which is empty. */
function foldersOf(key: string): string[] {
  const parts = key.split('/').slice(0, -1);
  return [...parts.map((_, i) => `${parts.slice(0, parts.length - i).join('/')}/`), ''];
}

async function findIn(bucket: R2Bucket, folder: string, level: number): Promise<Membership | null> {
  if (folder.endsWith(DUCKLAKE_FOLDER)) {
    return { format: 'DuckLake', evidence: folder.slice(0, -1) };
  }
  return await search(bucket, 'Delta', `${folder}_delta_log/`, 1, () => true)
    ?? await search(bucket, 'Hudi', `${folder}.hoodie/`, 1, () => true)
    ?? await search(bucket, 'Iceberg', `${folder}metadata/`, MOST_METADATA,
      (key) => key.endsWith('.metadata.json') || key.endsWith('.metadata.json.gz'))
    ?? (level < DUCKLAKE_LEVELS
      ? await search(bucket, 'DuckLake', folder, MOST_BESIDE,
        (key) => key.endsWith(DUCKLAKE_CATALOG) && !key.slice(folder.length).includes('/'))
      : null);
}

async function search(
  bucket: R2Bucket, format: string, prefix: string, most: number, wanted: (key: string) => boolean,
): Promise<Membership | null> {
  let cursor: string | undefined;
  for (let seen = 0; seen < most;) {
    const page = await bucket.list({ prefix, limit: Math.min(PAGE, most - seen), ...(cursor === undefined ? {} : { cursor }) });
    const found = page.objects.find((object) => wanted(object.key));
    if (found !== undefined) {
      return { format, evidence: found.key };
    }
    if (!page.truncated) {
      return null;
    }
    seen += page.objects.length;
    cursor = page.cursor;
  }
  return null;
}
