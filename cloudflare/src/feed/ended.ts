import type { Env } from '../env.ts';
import type { Instance, Json } from '../instance/types.ts';
import { at } from '../metrics/result.ts';
import { allowanceOf, keeperOf } from './objects.ts';

/** Tells the feed that an instance has ended, which the feed or a request has started. */
export async function feedEnded(env: Env, instance: Instance): Promise<void> {
  if (instance.bucketKey === null) {
    return;
  }
  const output = instance.output ?? {};
  const version = versionOf(output);
  await allowanceOf(env).release(instance.id, requestsOf(output.traffic));
  await keeperOf(env, instance.bucketKey).ended(instance.id, version);
}

/** The version that an instance has left, or found, under its key; null if it tells none. */
function versionOf(output: { [name: string]: Json }): string | null {
  const [merged = null] = Array.isArray(output.outputs) ? output.outputs : [];
  const version = at(merged, 'version') ?? output.version;
  return typeof version === 'string' ? version : null;
}

function requestsOf(traffic: unknown): number {
  const requests = typeof traffic === 'object' && traffic !== null && 'requests' in traffic ? traffic.requests : null;
  return typeof requests !== 'object' || requests === null
    ? 0
    : Object.values(requests).reduce((sum: number, count) => sum + (typeof count === 'number' ? count : 0), 0);
}
