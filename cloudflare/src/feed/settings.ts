/** Settings of the feed: texts of the environment. */
import type { FeedVariables } from '../env.ts';
import { InvalidSetting } from '../failure.ts';
import { RESERVED_PREFIX } from '../instance/ids.ts';
import type { FeedScope } from './notification.ts';

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
export function feedSettings(variables: FeedVariables): FeedSettings {
  return {
    isOn: variables.GLULAM_FEED !== 'off',
    scope: {
      bucket: variables.GLULAM_FEED_BUCKET,
      prefixes: (variables.GLULAM_FEED_PREFIXES ?? '').split(',').map((prefix) => prefix.trim()).filter((prefix) => prefix !== ''),
      suffix: variables.GLULAM_FEED_SUFFIX ?? '.parquet',
      reservedPrefix: RESERVED_PREFIX,
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
