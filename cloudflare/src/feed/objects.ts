/** The feed's Durable Objects, as others call them. */
import type { Env } from '../env.ts';
import type { AllowanceState } from './allowance.ts';

/** Of one object of the bucket: when it is taken up. */
export interface Keeper {
  /** The object was written, or may have been. */
  noticed(key: string): Promise<void>;
  /** An instance for the object has ended. @param version that it has left, or found; null for unknown */
  ended(instance: string, version: string | null): Promise<void>;
}

/** Counts what the feed does in the bucket, and stops it. */
export interface Allowance {
  /** Asks for leave to start an instance. */
  claim(instance: string): Promise<{ granted: boolean; retryMillis: number; why: string }>;
  /** An instance has ended, which has made so many requests to R2. */
  release(instance: string, requests: number): Promise<void>;
  /** Switches the feed on or off; what was notified meanwhile waits. */
  turnOn(isOn: boolean): Promise<void>;
  /** The switch and the counters. */
  state(): Promise<AllowanceState>;
}

export function keeperOf(env: Env, key: string): Keeper {
  return env.KEEPER.get(env.KEEPER.idFromName(key)) as unknown as Keeper;
}

/** The bucket's one. */
export function allowanceOf(env: Env): Allowance {
  return env.ALLOWANCE.get(env.ALLOWANCE.idFromName('bucket')) as unknown as Allowance;
}
