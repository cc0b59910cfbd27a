import type { WorkflowStep } from 'cloudflare:workers';
import { NonRetryableError } from 'cloudflare:workflows';
import { breathe } from '../engine/breath.ts';
import { verdictOf } from '../failure.ts';
import type { LedgerClient } from '../instance/ledger.ts';
import type { Json, Run } from '../instance/types.ts';
import type { RetryPolicy } from '../settings.ts';

/** The instance is another run's by now, or has ended: this one ends without a trace. */
export class LostRun extends Error {
  constructor() {
    super('the instance is another run\'s by now');
    this.name = 'LostRun';
  }
}

/** @throws LostRun unless the ledger took what was written */
export async function requireMine(written: Promise<boolean>): Promise<void> {
  if (!await written) {
    throw new LostRun();
  }
}

/** Carries out the steps of a run, and tells the ledger of each attempt. */
export class Steps {
  readonly #step: WorkflowStep;
  readonly #ledger: LedgerClient;
  readonly #run: Run;
  readonly #policy: RetryPolicy;

  constructor(step: WorkflowStep, ledger: LedgerClient, run: Run, policy: RetryPolicy) {
    this.#step = step;
    this.#ledger = ledger;
    this.#run = run;
    this.#policy = policy;
  }

  /** A step: its result is kept, and it does not run again once it has one. */
  async run<T extends object>(name: string, timeout: WorkflowTimeout, work: (attempt: number) => Promise<T>): Promise<T> {
    const { retries, delay } = this.#policy;
    const json = await this.#step.do(name, {
      // A delay of 0 is none that Workflows take.
      retries: { limit: retries, delay: Math.max(1, delay), backoff: 'exponential' },
      timeout,
    }, async (context) => JSON.stringify(await this.#attempt(name, context.attempt, work)));
    return JSON.parse(json) as T;
  }

  async #attempt<T extends object>(name: string, attempt: number, work: (attempt: number) => Promise<T>): Promise<T> {
    if (!await this.#ledger.stepBegins(this.#run, name)) {
      throw new NonRetryableError(new LostRun().message);
    }
    await breathe();
    let result: T;
    try {
      result = await work(attempt);
    } catch (error) {
      if (error instanceof LostRun) {
        throw new NonRetryableError(error.message);
      }
      const { failure, retryable } = verdictOf(error);
      const again = retryable && attempt <= this.#policy.retries;
      console.warn(JSON.stringify({ instance: this.#run.id, step: name, attempt, ...failure }));
      await this.#ledger.stepFails(this.#run, name, failure, again);
      // Without a name of its own: Workflows know it by that.
      throw again ? new Error(failure.message) : new NonRetryableError(failure.message);
    }
    await this.#ledger.stepEnds(this.#run, name, result as unknown as Json);
    return result;
  }
}

type WorkflowTimeout = `${number} minutes`;
