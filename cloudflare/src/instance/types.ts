import type { Failure } from '../failure.ts';

/** Where an instance stands; the words are those of Cloudflare Workflows. */
export const STATUSES = [
  'queued', 'running', 'paused', 'waiting', 'waitingForPause', 'errored', 'terminated', 'complete',
] as const;
export type Status = (typeof STATUSES)[number];

export function hasEnded(status: Status): boolean {
  return status === 'errored' || status === 'terminated' || status === 'complete';
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** How far the step under way is. */
export interface Progress {
  step: string;
  phase: string;
  done: number;
  total: number;
}

/** An instance in brief. */
export interface Instance {
  id: string;
  /** Empty for a merge. */
  datasetId: string;
  /** Of a merge what it writes to. Null if neither the request nor the catalog told it. */
  bucketKey: string | null;
  status: Status;
  error: Failure | null;
  output: { [name: string]: Json } | null;
  progress: Progress | null;
  /** What was asked for besides. */
  request: Json;
  createdAt: string;
  updatedAt: string;
  /** Null until it ends. */
  endedAt: string | null;
}

export interface Attempt {
  start: string;
  end: string | null;
  success: boolean;
  error: Failure | null;
}

export interface StepRecord {
  name: string;
  start: string;
  /** Null until it has finished. */
  end: string | null;
  success: boolean;
  output: Json;
  attempts: Attempt[];
}

/** An instance as GET /status shows it. */
export interface FullInstance extends Instance {
  steps: StepRecord[];
  callbacks: Json[];
}

/** The right to carry an instance on: a run with an older epoch has lost it. */
export interface Run {
  readonly id: string;
  readonly epoch: number;
}

export interface NewInstance {
  /** Null for a random one. */
  readonly id: string | null;
  readonly datasetId: string;
  readonly key: string | null;
  readonly request: Json;
  /** The address that the Worker calls when the instance has ended; absent or null for none. */
  readonly callbackUrl?: string | null;
}

export type Submission =
  | { readonly kind: 'accepted'; readonly id: string; readonly isNew: boolean }
  | { readonly kind: 'taken' }
  | { readonly kind: 'differs'; readonly id: string }
  | { readonly kind: 'full'; readonly most: number };

/** What became of a wish to pause, resume, terminate or restart. */
export type Control =
  | { readonly kind: 'done' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'full'; readonly reason: string };

export interface InstanceFilter {
  readonly status: Status | null;
  readonly datasetId: string | null;
  /** Milliseconds; only those created before. */
  readonly before: number | null;
  readonly beforeId: string | null;
  readonly limit: number;
}

/** An object, or all under a prefix that ends with a slash, that is to be deleted when its time has come. */
export interface Leftover {
  readonly key: string;
  /** Delete only this version; null for any. */
  readonly etag: string | null;
  readonly deleteAfter: number;
}
