import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../env.ts';
import { begin } from './begin.ts';
import { answered, dueAt, ended, instanceId, noticed, started, turn, UNKNOWN_KEY, type KeyState } from './debounce.ts';
import { allowanceOf, type Keeper } from './objects.ts';
import { feedSettings } from './settings.ts';

/** Milliseconds until a key is looked at again after a store, the catalog or the allowance did not answer. */
const RETRY_MILLIS = 60_000;

/**
 * One object of the bucket: when the object was not written for a while, it starts one instance for the version that is
 * there. Its alarm is its only clock.
 */
export class ObjectKeeper extends DurableObject<Env> implements Keeper {
  /** The object was written, or may have been. */
  async noticed(key: string): Promise<void> {
    const state = noticed(await this.#state(), Date.now());
    await this.ctx.storage.put({ key, state });
    const due = dueAt(state, feedSettings(this.env));
    if (due !== null) {
      await this.ctx.storage.setAlarm(due);
    }
  }

  /** An instance for the object has ended; see {@link ended}. */
  async ended(instance: string, version: string | null): Promise<void> {
    await this.ctx.storage.put('state', ended(await this.#state(), instance, version));
  }

  override async alarm(): Promise<void> {
    try {
      await this.#takeTurn();
    } catch (problem) {
      // The platform gives an alarm up after a few failures; a key is never given up.
      console.warn(JSON.stringify({ feed: 'failed', problem: String(problem) }));
      await this.ctx.storage.setAlarm(Date.now() + RETRY_MILLIS);
    }
  }

  async #takeTurn(): Promise<void> {
    const key = await this.ctx.storage.get<string>('key');
    if (key === undefined) {
      return;
    }
    const settings = feedSettings(this.env);
    const head = await this.env.BUCKET.head(key);
    const state = await this.#state();
    const now = Date.now();
    const next = turn(state, head?.etag ?? null, now, settings);
    if (next.act === 'wait') {
      await this.ctx.storage.setAlarm(next.until);
    } else if (next.act === 'nothing' || head === null) {
      await this.ctx.storage.put('state', answered(state));
    } else {
      await this.#start(key, head.etag, now);
    }
  }

  async #start(key: string, version: string, now: number): Promise<void> {
    const instance = await instanceId(key, version);
    const allowance = allowanceOf(this.env);
    const leave = await allowance.claim(instance);
    if (!leave.granted) {
      await this.ctx.storage.setAlarm(now + leave.retryMillis);
      return;
    }
    const before = await this.#state();
    // If the answer is lost, the next turn asks for the same instance again, and there is still one.
    const begun = await begin(this.env, instance, key);
    if (begun === null) {
      await allowance.release(instance, 0);
      await this.#write(ended(answered(before), instance, version), before);
      return;
    }
    if (begun !== instance) {
      await allowance.release(instance, 0);
    }
    await this.#write(started(before, begun, now), before);
  }

  /** Writes the state that follows from one that was read; what was notified in between is not forgotten. */
  async #write(next: KeyState, read: KeyState): Promise<void> {
    const { lastAt } = await this.#state();
    const state = lastAt === read.lastAt ? next : noticed(next, lastAt);
    await this.ctx.storage.put('state', state);
    const due = dueAt(state, feedSettings(this.env));
    if (due !== null) {
      await this.ctx.storage.setAlarm(due);
    }
  }

  async #state(): Promise<KeyState> {
    return (await this.ctx.storage.get<KeyState>('state')) ?? UNKNOWN_KEY;
  }
}
