import type { Ledger } from './ledger/ledger.ts';
import type { LocalCatalog } from './catalog/local.ts';
import type { BucketAllowance } from './feed/bucket-allowance.ts';
import type { ObjectKeeper } from './feed/keeper.ts';
import type { FeedVariables } from './feed/settings.ts';
import type { RunParameters } from './workflow/workflow.ts';

/** The bindings of wrangler.jsonc, and the settings: texts, some of them secrets. */
export interface Env extends FeedVariables {
  BUCKET: R2Bucket;
  COMPACTION: Workflow<RunParameters>;
  LEDGER: DurableObjectNamespace<Ledger>;
  CATALOG: DurableObjectNamespace<LocalCatalog>;
  KEEPER: DurableObjectNamespace<ObjectKeeper>;
  ALLOWANCE: DurableObjectNamespace<BucketAllowance>;
  ASSETS: Fetcher;
  /** Workers Analytics Engine gets a data point of each instance that has ended; absent for none. */
  ANALYTICS?: AnalyticsEngineDataset;
  /** The bucket's name, as manifests of merged folders tell it; without it, no merge goes into a folder. */
  GLULAM_BUCKET?: string;
  SUPABASE_URL?: string;
  SUPABASE_SECRET_KEY?: string;
  /** Where `glulam serve` answers that takes what the isolate cannot hold; absent for none. */
  GLULAM_CONTAINER_URL?: string;
  GLULAM_CONTAINER_TOKEN?: string;
  /** The bucket's S3 side, and a key for it, so that healthy row groups are copied inside the store; absent for none. */
  GLULAM_S3_URL?: string;
  GLULAM_S3_ACCESS_KEY_ID?: string;
  GLULAM_S3_SECRET_ACCESS_KEY?: string;
  GLULAM_TOKEN?: string;
  GLULAM_TOKENS?: string;
  /** What webhooks may send instead of a token; one a line. */
  GLULAM_HOOK_SECRET?: string;
  /** Hosts that may be named in a `callbackUrl`, separated by commas; absent for none. */
  GLULAM_CALLBACK_HOSTS?: string;
  GLULAM_CALLBACK_SECRET?: string;
  GLULAM_CALLBACK_DELAY?: string;
  GLULAM_HOST_NAME?: string;
  GLULAM_CONCURRENCY?: string;
  GLULAM_MOST_QUEUED?: string;
  GLULAM_RETRIES?: string;
  GLULAM_RETRY_DELAY?: string;
  GLULAM_PUBLISH?: string;
  GLULAM_BACKUP?: string;
  GLULAM_GRACE?: string;
  GLULAM_RETENTION?: string;
  GLULAM_READS_PER_MONTH?: string;
  GLULAM_PRICE_READS?: string;
  GLULAM_PRICE_STORAGE?: string;
  GLULAM_CATALOG_TABLE?: string;
  GLULAM_COLUMN_ID?: string;
  GLULAM_COLUMN_KEY?: string;
  GLULAM_COLUMN_FLAG?: string;
  GLULAM_COLUMN_COMPACTED_AT?: string;
  GLULAM_COLUMN_SIZE?: string;
  GLULAM_COLUMN_VERSION?: string;
}

/** Whether `wrangler dev` runs this: wrangler writes the word into the bundle. */
export const IN_DEVELOPMENT = process.env.NODE_ENV === 'development';

/** The ledger as others call it. */
export type LedgerClient = {
  [K in keyof Ledger as Ledger[K] extends (...values: never[]) => Promise<unknown> ? K : never]: Ledger[K];
};

/** The one ledger of all instances. */
export function ledgerOf(env: Env): LedgerClient {
  return env.LEDGER.get(env.LEDGER.idFromName('ledger')) as unknown as LedgerClient;
}
