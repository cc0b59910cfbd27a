import { milliseconds } from './durations.ts';
import type { Env } from './env.ts';
import { InvalidSetting } from './failure.ts';

const LEAST_SECRET_CHARACTERS = 16;

/** Where a result appears. */
export type PublishMode = 'in-place' | 'new-key';

/** How often a step is tried again, and after how many milliseconds first. */
export interface RetryPolicy {
  readonly retries: number;
  readonly delay: number;
}

/** What the texts of the environment say. */
export interface Settings {
  readonly concurrency: number;
  readonly mostQueued: number;
  readonly policy: RetryPolicy;
  readonly publish: PublishMode;
  /** Milliseconds that a replaced object is kept; 0 for not at all. */
  readonly backup: number;
  /** Milliseconds that an object is kept that its dataset has moved away from. */
  readonly grace: number;
  /** Milliseconds that instances are kept after they have ended. */
  readonly retention: number;
  readonly prices: Prices;
  readonly callbacks: CallbackSettings;
  /** The S3 side of the bucket; null where there is no key for it. */
  readonly s3: S3Settings | null;
}

/** How the bucket is reached by its S3 side, which copies ranges of objects. */
export interface S3Settings {
  /** Of the bucket, without a slash at its end. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Who may be told that an instance has ended. */
export interface CallbackSettings {
  /** That may be named in a `callbackUrl`; none for no callbacks. */
  readonly hosts: ReadonlySet<string>;
  /** What callbacks are signed with. */
  readonly secret: string;
  /** Milliseconds before the second attempt; each further one waits twice as long. */
  readonly delay: number;
}

export interface Prices {
  readonly readsPerMonth: number;
  readonly perMillionReads: number;
  readonly perGigabyteMonth: number;
}


/** @throws InvalidSetting for the first one that cannot be */
export function settingsOf(env: Env): Settings {
  return {
    concurrency: number('GLULAM_CONCURRENCY', env.GLULAM_CONCURRENCY, 4, 1, 64),
    mostQueued: number('GLULAM_MOST_QUEUED', env.GLULAM_MOST_QUEUED, 10_000, 1, 1_000_000),
    policy: {
      retries: number('GLULAM_RETRIES', env.GLULAM_RETRIES, 5, 0, 100),
      delay: duration('GLULAM_RETRY_DELAY', env.GLULAM_RETRY_DELAY, '10s'),
    },
    publish: publishOf(env.GLULAM_PUBLISH ?? 'in-place'),
    backup: duration('GLULAM_BACKUP', env.GLULAM_BACKUP, '7d'),
    grace: duration('GLULAM_GRACE', env.GLULAM_GRACE, '1d'),
    retention: duration('GLULAM_RETENTION', env.GLULAM_RETENTION, '30d'),
    prices: {
      readsPerMonth: number('GLULAM_READS_PER_MONTH', env.GLULAM_READS_PER_MONTH, 10_000, 0, 2_147_483_647),
      perMillionReads: price('GLULAM_PRICE_READS', env.GLULAM_PRICE_READS, 0.36),
      perGigabyteMonth: price('GLULAM_PRICE_STORAGE', env.GLULAM_PRICE_STORAGE, 0.015),
    },
    callbacks: callbacksOf(env),
    s3: s3Of(env),
  };
}

function s3Of(env: Env): S3Settings | null {
  const { GLULAM_S3_URL: text = '', GLULAM_S3_ACCESS_KEY_ID: accessKeyId = '', GLULAM_S3_SECRET_ACCESS_KEY: secretAccessKey = '' } = env;
  if (text === '' && accessKeyId === '' && secretAccessKey === '') {
    return null;
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url !== null && ['localhost', '127.0.0.1'].includes(url.hostname);
  if (url === null || url.protocol !== 'https:' && !isLocal || url.search !== '' || url.pathname === '/') {
    throw new InvalidSetting('GLULAM_S3_URL', 'must be the bucket, like https://ACCOUNT.r2.cloudflarestorage.com/BUCKET');
  }
  if (accessKeyId === '' || secretAccessKey === '') {
    throw new InvalidSetting('GLULAM_S3_URL', 'needs GLULAM_S3_ACCESS_KEY_ID and GLULAM_S3_SECRET_ACCESS_KEY');
  }
  return { url: text.replace(/\/+$/, ''), accessKeyId, secretAccessKey };
}

function callbacksOf(env: Env): CallbackSettings {
  const words = (env.GLULAM_CALLBACK_HOSTS ?? '').split(',').map((word) => word.trim().toLowerCase());
  const hosts = new Set(words.filter((word) => word !== ''));
  const secret = env.GLULAM_CALLBACK_SECRET ?? '';
  if (secret !== '' && secret.length < LEAST_SECRET_CHARACTERS) {
    throw new InvalidSetting('GLULAM_CALLBACK_SECRET', `needs at least ${LEAST_SECRET_CHARACTERS} characters`);
  }
  if (hosts.size > 0 && secret === '') {
    throw new InvalidSetting('GLULAM_CALLBACK_SECRET', 'is needed where there are GLULAM_CALLBACK_HOSTS');
  }
  return { hosts, secret, delay: duration('GLULAM_CALLBACK_DELAY', env.GLULAM_CALLBACK_DELAY, '10s') };
}

function publishOf(text: string): PublishMode {
  if (text !== 'in-place' && text !== 'new-key') {
    throw new InvalidSetting('GLULAM_PUBLISH', 'must be in-place or new-key');
  }
  return text;
}

function number(name: string, text: string | undefined, otherwise: number, least: number, most: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new InvalidSetting(name, `must be ${least} to ${most}`);
  }
  return value;
}

function price(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!(value >= 0 && value < 1e6)) {
    throw new InvalidSetting(name, 'must be dollars, 0 or more');
  }
  return value;
}

function duration(name: string, text: string | undefined, otherwise: string): number {
  try {
    return milliseconds(text ?? otherwise);
  } catch (problem) {
    throw new InvalidSetting(name, (problem as Error).message);
  }
}
