import type { Env } from '../env.ts';
import type { Failure } from '../failure.ts';
import type {
  Control, FullInstance, Instance, InstanceFilter, Json, Leftover, NewInstance, Progress, Run, Status, Submission,
} from './types.ts';

/**
 * The ledger of all instances, as others call it. What a run writes answers false if the run has lost its instance: it must end
 * without a trace.
 */
export interface LedgerClient {
  /** Answers if it can. */
  ping(): Promise<void>;
  create(instance: NewInstance): Promise<Submission>;
  /** Null if there is none. */
  find(id: string): Promise<FullInstance | null>;
  list(filter: InstanceFilter): Promise<{ instances: Instance[]; counts: Partial<Record<Status, number>> }>;
  /** The metrics in Prometheus' text. */
  metrics(): Promise<string>;
  isLeftover(key: string): Promise<boolean>;
  /** Has an object of no instance deleted, at that time in milliseconds or soon after. */
  deleteAt(key: string, time: number): Promise<void>;

  /** At once, or after the step under way. */
  pause(id: string): Promise<Control>;
  resume(id: string): Promise<Control>;
  /** Ends an instance; objects that it has published stay. */
  terminate(id: string): Promise<Control>;
  /** @param key of its object, where none was known; null for still none */
  restart(id: string, key: string | null): Promise<Control>;

  stepBegins(run: Run, name: string): Promise<boolean>;
  stepEnds(run: Run, name: string, output: Json): Promise<boolean>;
  /** @param again whether the step is tried again */
  stepFails(run: Run, name: string, error: Failure, again: boolean): Promise<boolean>;
  progress(run: Run, progress: Progress): Promise<boolean>;
  ends(run: Run, status: Status, output: Json, error: Failure | null): Promise<boolean>;
  /** Ends it with the error of its last attempt. @param message where no attempt has told */
  fails(run: Run, message: string): Promise<boolean>;
  uploadBegins(run: Run, key: string, uploadId: string): Promise<boolean>;
  /** Aborts what earlier attempts of the run have left. */
  abortUploads(run: Run): Promise<boolean>;
  leave(run: Run, leftover: Leftover): Promise<boolean>;
  keep(run: Run, key: string): Promise<boolean>;

  /** Looks after what is under way. In `wrangler dev` Workflows do not go on by themselves once it was stopped. */
  watch(): Promise<void>;
}

/** The one ledger of all instances. */
export function ledgerOf(env: Env): LedgerClient {
  return env.LEDGER.get(env.LEDGER.idFromName('ledger')) as unknown as LedgerClient;
}
