/** The feed's settings; each has a default. */
export interface FeedVariables {
  /** "off" stops the feed; the switch of POST /feed stops it without a deployment. */
  readonly GLULAM_FEED?: string;
  /** The bucket whose notifications are taken; any if absent. */
  readonly GLULAM_FEED_BUCKET?: string;
  /** Prefixes of keys, separated by commas; all keys if absent. */
  readonly GLULAM_FEED_PREFIXES?: string;
  /** What keys end with (.parquet). */
  readonly GLULAM_FEED_SUFFIX?: string;
  /** "true": an object that no dataset has gets one, whose id is its key. */
  readonly GLULAM_FEED_ADD_DATASETS?: string;
  /** Seconds without a notification after which an object is taken up (60). */
  readonly GLULAM_FEED_QUIET_SECONDS?: string;
  /** Seconds after its first notification at which an object is taken up, quiet or not (900). */
  readonly GLULAM_FEED_LONGEST_SECONDS?: string;
  /** Instances of one object in an hour (4). */
  readonly GLULAM_FEED_PER_HOUR?: string;
  /** Instances of the bucket at once (4). */
  readonly GLULAM_FEED_AT_ONCE?: string;
  /** Requests to R2 in a calendar month (1,000,000); after that nothing is started. */
  readonly GLULAM_FEED_MONTHLY_REQUESTS?: string;
}

/**
 * The bindings of wrangler.jsonc, and the settings: texts, some of them secrets. `ledgerOf`, `catalogOf`, `keeperOf` and
 * `allowanceOf` give the Durable Objects their types.
 */
export interface Env extends FeedVariables {
  BUCKET: R2Bucket;
  COMPACTION: Workflow;
  LEDGER: DurableObjectNamespace;
  CATALOG: DurableObjectNamespace;
  KEEPER: DurableObjectNamespace;
  ALLOWANCE: DurableObjectNamespace;
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
