import type { Prices } from '../settings.ts';
import { rowGroupBytes, type Shape } from './shape.ts';

const MOST_REQUEST_BYTES = 8 << 20;
const PAGE_BYTES = 1 << 20;

export interface Read {
  readonly requests: number;
  readonly bytes: number;
}

/** Requests and bytes of typical reads, computed from a layout as the service does (Reads.java). */
export interface Reads {
  readonly fullScan: Read;
  readonly oneColumn: Read;
  readonly pointLookup: Read;
}

export function readsOf(shape: Shape): Reads {
  const columns = Math.max(1, shape.columns);
  const all = rowGroupBytes(shape);
  const groups = Math.max(1, shape.rowGroupSizes.length);
  const chunk = Math.floor(Math.floor(all / groups) / columns);
  const count = (share: number) => shape.rowGroupSizes
    .reduce((sum, size) => sum + requests(Math.floor(size / share)), 1);
  return {
    fullScan: { requests: count(1), bytes: shape.footerBytes + all },
    oneColumn: { requests: count(columns), bytes: shape.footerBytes + Math.floor(all / columns) },
    pointLookup: shape.pageIndexes
      ? { requests: 3, bytes: shape.footerBytes + Math.min(chunk, PAGE_BYTES) }
      : { requests: 1 + requests(chunk), bytes: shape.footerBytes + chunk },
  };
}

function requests(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / MOST_REQUEST_BYTES));
}

export interface Saved extends Prices {
  /** Negative if it costs more. */
  readonly dollarsPerMonth: number;
}

export function savedBy(prices: Prices, before: Shape, after: Shape): Saved {
  const fewer = readsOf(before).fullScan.requests - readsOf(after).fullScan.requests;
  const requestDollars = prices.readsPerMonth * fewer * prices.perMillionReads / 1e6;
  const storageDollars = (before.bytes - after.bytes) / 1e9 * prices.perGigabyteMonth;
  return { dollarsPerMonth: Math.round((requestDollars + storageDollars) * 1e4) / 1e4, ...prices };
}
