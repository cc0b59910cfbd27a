import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../env.ts';
import { claim, release, UNUSED, type AllowanceState } from './allowance.ts';
import type { Allowance } from './objects.ts';
import { feedSettings } from './settings.ts';

/** The one place that counts what the feed does in the bucket, and that stops it. */
export class BucketAllowance extends DurableObject<Env> implements Allowance {
  /** Asks for leave to start an instance; see {@link claim}. */
  async claim(instance: string): Promise<{ granted: boolean; retryMillis: number; why: string }> {
    const answer = claim(await this.state(), instance, Date.now(), feedSettings(this.env));
    if (!answer.granted) {
      return { granted: false, retryMillis: answer.retryMillis, why: answer.why };
    }
    await this.ctx.storage.put('state', answer.state);
    return { granted: true, retryMillis: 0, why: '' };
  }

  /** An instance has ended, which has made so many requests to R2. */
  async release(instance: string, requests: number): Promise<void> {
    await this.ctx.storage.put('state', release(await this.state(), instance, requests, Date.now()));
  }

  /** Switches the feed on or off; what was notified meanwhile waits. */
  async turnOn(isOn: boolean): Promise<void> {
    await this.ctx.storage.put('state', { ...await this.state(), isOn });
  }

  /** The switch and the counters. */
  async state(): Promise<AllowanceState> {
    return await this.ctx.storage.get<AllowanceState>('state') ?? UNUSED;
  }
}
