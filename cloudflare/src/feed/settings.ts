/** Settings of the feed: texts of the environment. */
import { InvalidSetting } from '../settings.ts';
import type { FeedScope } from './notification.ts';

/** The variables; each has a default. */
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

export interface FeedSettings {
  readonly isOn: boolean;
  readonly scope: FeedScope;
  readonly addsDatasets: boolean;
  readonly quietMillis: number;
  readonly longestMillis: number;
  readonly perHour: number;
  readonly atOnce: number;
  readonly monthlyRequests: number;
}

/** @throws InvalidSetting naming the one that is no number */
export function readFeedSettings(variables: FeedVariables, reservedPrefix: string): FeedSettings {
  return {
    isOn: variables.GLULAM_FEED !== 'off',
    scope: {
      bucket: variables.GLULAM_FEED_BUCKET,
      prefixes: (variables.GLULAM_FEED_PREFIXES ?? '').split(',').map((prefix) => prefix.trim()).filter((prefix) => prefix !== ''),
      suffix: variables.GLULAM_FEED_SUFFIX ?? '.parquet',
      reservedPrefix,
    },
    addsDatasets: variables.GLULAM_FEED_ADD_DATASETS === 'true',
    quietMillis: 1000 * count('GLULAM_FEED_QUIET_SECONDS', variables.GLULAM_FEED_QUIET_SECONDS, 60),
    longestMillis: 1000 * count('GLULAM_FEED_LONGEST_SECONDS', variables.GLULAM_FEED_LONGEST_SECONDS, 900),
    perHour: count('GLULAM_FEED_PER_HOUR', variables.GLULAM_FEED_PER_HOUR, 4),
    atOnce: count('GLULAM_FEED_AT_ONCE', variables.GLULAM_FEED_AT_ONCE, 4),
    monthlyRequests: count('GLULAM_FEED_MONTHLY_REQUESTS', variables.GLULAM_FEED_MONTHLY_REQUESTS, 1_000_000),
  };
}

function count(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) {
    return usual;
  }
  if (!/^\d{1,12}$/.test(text)) {
    throw new InvalidSetting(name, 'must be a whole number');
  }
  return Number(text);
}
