/** How much the feed may do for a whole bucket: rules without a clock or a store. */
import { LONGEST_RUN_MILLIS } from './debounce.ts';

export interface AllowanceState {
  /** The switch of POST /feed. */
  readonly isOn: boolean;
  /** Instances under way, with the times of their starts. */
  readonly running: Readonly<Record<string, number>>;
  /** The calendar month (UTC) that is counted, as 2026-11. */
  readonly month: string;
  readonly requests: number;
  readonly starts: number;
}

export const UNUSED: AllowanceState = { isOn: true, running: {}, month: '', requests: 0, starts: 0 };

export interface AllowanceSettings {
  readonly isOn: boolean;
  readonly atOnce: number;
  readonly monthlyRequests: number;
}

export type Claim =
  | { readonly granted: true; readonly state: AllowanceState }
  | { readonly granted: false; readonly why: string; readonly retryMillis: number };

const MINUTE = 60_000;

/** Asks for leave to start an instance; asked again for the same instance, the answer is yes. */
export function claim(state: AllowanceState, instance: string, now: number, settings: AllowanceSettings): Claim {
  if (!settings.isOn || !state.isOn) {
    return { granted: false, why: 'the feed is switched off', retryMillis: 10 * MINUTE };
  }
  const current = ofMonth(state, now);
  const running = Object.fromEntries(
    Object.entries(current.running).filter(([, since]) => since + LONGEST_RUN_MILLIS > now),
  );
  if (current.requests >= settings.monthlyRequests) {
    return { granted: false, why: 'the requests of this month are used up', retryMillis: 60 * MINUTE };
  }
  if (running[instance] === undefined && Object.keys(running).length >= settings.atOnce) {
    return { granted: false, why: 'as many instances are under way as may be', retryMillis: MINUTE / 4 };
  }
  return {
    granted: true,
    state: {
      ...current,
      running: { ...running, [instance]: running[instance] ?? now },
      starts: current.starts + (running[instance] === undefined ? 1 : 0),
    },
  };
}

/** An instance has ended. Requests are counted for every instance, also for those that the feed did not start. */
export function release(state: AllowanceState, instance: string, requests: number, now: number): AllowanceState {
  const current = ofMonth(state, now);
  const running = Object.fromEntries(Object.entries(current.running).filter(([other]) => other !== instance));
  return { ...current, running, requests: current.requests + Math.max(0, Math.floor(requests)) };
}

function ofMonth(state: AllowanceState, now: number): AllowanceState {
  const month = new Date(now).toISOString().slice(0, 7);
  return state.month === month ? state : { ...state, month, requests: 0, starts: 0 };
}
