/** When an object that was written is taken up: rules without a clock or a store, so that they can be tried alone. */

/** What the feed knows of one key. Times are milliseconds since 1970. */
export interface KeyState {
  /** The first notification that is not answered yet; null if all are. */
  readonly firstAt: number | null;
  readonly lastAt: number;
  /** Starts of the last hour, the oldest first. */
  readonly starts: readonly number[];
  /** The instance that is under way, and since when; null for none. */
  readonly running: { readonly instance: string; readonly since: number } | null;
  /** The version (ETag) that needs nothing more: looked at, or written by us; null for none. */
  readonly settled: string | null;
}

export const UNKNOWN_KEY: KeyState = { firstAt: null, lastAt: 0, starts: [], running: null, settled: null };

export interface DebounceSettings {
  readonly quietMillis: number;
  readonly longestMillis: number;
  readonly perHour: number;
}

const HOUR = 3_600_000;

/** An instance of which nothing is heard for so long is taken for lost. */
export const LONGEST_RUN_MILLIS = HOUR;

/** The state after one more notification. */
export function noticed(state: KeyState, now: number): KeyState {
  return { ...state, firstAt: state.firstAt ?? now, lastAt: now };
}

/** When the key is to be looked at; null for never. */
export function dueAt(state: KeyState, settings: DebounceSettings): number | null {
  return state.firstAt === null
    ? null
    : Math.min(state.lastAt + settings.quietMillis, state.firstAt + settings.longestMillis);
}

export type Turn =
  | { readonly act: 'nothing'; readonly why: string }
  | { readonly act: 'wait'; readonly until: number }
  | { readonly act: 'start' };

/**
 * What to do when a key is due.
 *
 * @param version of the object now; null if there is none
 */
export function turn(state: KeyState, version: string | null, now: number, settings: DebounceSettings): Turn {
  const due = dueAt(state, settings);
  if (due === null) {
    return { act: 'nothing', why: 'all notifications are answered' };
  }
  if (due > now) {
    return { act: 'wait', until: due };
  }
  if (version === null) {
    return { act: 'nothing', why: 'there is no such object any more' };
  }
  if (version === state.settled) {
    return { act: 'nothing', why: 'this version needs nothing more' };
  }
  if (state.running !== null && state.running.since + LONGEST_RUN_MILLIS > now) {
    return { act: 'wait', until: Math.min(now + Math.max(settings.quietMillis, 1000), state.running.since + LONGEST_RUN_MILLIS) };
  }
  const starts = recent(state.starts, now);
  if (starts.length >= settings.perHour) {
    return { act: 'wait', until: (starts[0] ?? now) + HOUR };
  }
  return { act: 'start' };
}

/** The state once an instance was started. */
export function started(state: KeyState, instance: string, now: number): KeyState {
  return { ...state, firstAt: null, starts: [...recent(state.starts, now), now], running: { instance, since: now } };
}

/** The state once nothing is to be done for what was notified. */
export function answered(state: KeyState): KeyState {
  return { ...state, firstAt: null };
}

/**
 * The state once an instance has ended, which the feed or a request has started.
 *
 * @param version that needs nothing more: published, or found healthy or refused; null if it is not known
 */
export function ended(state: KeyState, instance: string, version: string | null): KeyState {
  return {
    ...state,
    running: state.running?.instance === instance ? null : state.running,
    settled: version ?? state.settled,
  };
}

/** The name of the instance for one version of an object: however often it is asked for, there is one. */
export async function instanceId(key: string, version: string, origin = 'feed'): Promise<string> {
  return `${origin}-${await digest(key)}-${await digest(version)}`;
}

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...bytes.subarray(0, 10)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function recent(starts: readonly number[], now: number): readonly number[] {
  return starts.filter((start) => start > now - HOUR);
}
