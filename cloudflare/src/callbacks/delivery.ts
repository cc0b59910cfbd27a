import type { Instance } from '../instance/types.ts';
import type { CallbackSettings } from '../settings.ts';
import { requireCallback } from './rules.ts';
import { PATIENCE, send } from './sender.ts';
import type { Attempted, Callback, CallbackTable } from './table.ts';

/** A Worker has six connections at once: an attempt that waited for one would lose its time. */
const MOST_AT_ONCE = 5;
/** A little over two hours in all. */
const MOST_ATTEMPTS = 10;

/**
 * Makes one attempt at each callback that is due, five at most. Those that are not taken are due again later: after a crash
 * or a loss of the answer, a callback may come twice.
 */
export async function deliver(
  table: CallbackTable, find: (id: string) => Instance | undefined, settings: CallbackSettings,
): Promise<void> {
  await Promise.all(table.take(MOST_AT_ONCE, Date.now(), 3 * PATIENCE).map(async (callback) => {
    const instance = find(callback.instanceId);
    if (instance !== undefined) {
      const attempted = await attempt(callback, bodyOf(instance), settings);
      if (attempted.problem !== null) {
        console.warn(`callback of instance ${instance.id} failed: ${attempted.problem}`);
      }
      table.attempted(callback, attempted, Date.now());
    }
  }));
}

async function attempt(callback: Callback, body: string, { hosts, secret, delay }: CallbackSettings): Promise<Attempted> {
  const failed = (httpStatus: number | null, problem: string): Attempted => {
    const attempts = callback.attempts + 1;
    return attempts >= MOST_ATTEMPTS
      ? { state: 'failed', httpStatus, problem, next: null }
      : { state: 'pending', httpStatus, problem, next: Date.now() + delay * 2 ** (attempts - 1) };
  };
  let url: URL;
  try {
    url = requireCallback(callback.url, hosts);
  } catch (notAllowedAnyMore) {
    return failed(null, `the URL ${(notAllowedAnyMore as Error).message}`);
  }
  try {
    const status = await send(url, body, secret, Date.now());
    if (status >= 200 && status < 300) {
      return { state: 'delivered', httpStatus: status, problem: null, next: null };
    }
    return failed(status, status >= 300 && status < 400 ? 'redirects are not followed' : `it answered ${status}`);
  } catch (failure) {
    // The message may hold the URL, and that a secret.
    return failed(null, `no answer: ${(failure as Error).name}`);
  }
}

/** What is told: the instance without its steps and pictures. */
function bodyOf({ id, datasetId, bucketKey, status, output, error, endedAt }: Instance): string {
  const { picture: _, ...told } = output ?? {};
  return JSON.stringify({ id, datasetId: datasetId || null, bucketKey, status, output: output === null ? null : told, error, endedAt });
}
