import type { Env } from '../env.ts';
import { StepFailed } from '../failure.ts';
import { RESERVED_PREFIX } from '../instance/ids.ts';
import { ledgerOf } from '../instance/ledger.ts';
import { planHash } from '../report/plan.ts';

/** How long a plan is kept, in milliseconds. */
const KEPT = 7 * 86_400_000;
/** Larger plans are not kept: the isolate holds a plan several times. */
const MOST_BYTES = 8 << 20;
/** In the metadata of a kept plan: the version of the object that was planned. */
const VERSION = 'version';

/** Keeps a plan in the bucket, under its hash, for seven days; one of more than 8 MiB it does not keep. */
export async function keepPlan(env: Env, json: string, hash: string, version: string): Promise<void> {
  const bytes = new TextEncoder().encode(json);
  if (bytes.length <= MOST_BYTES) {
    const key = keyOf(hash);
    await ledgerOf(env).deleteAt(key, Date.now() + KEPT);
    await env.BUCKET.put(key, bytes, { customMetadata: { [VERSION]: version } });
  }
}

export async function isKept(env: Env, hash: string): Promise<boolean> {
  return await env.BUCKET.head(keyOf(hash)) !== null;
}

/**
 * Returns a kept plan as JSON.
 *
 * @throws StepFailed if it is not kept any more, or was made for another version of the object
 */
export async function keptPlan(env: Env, hash: string, version: string): Promise<string> {
  const object = await env.BUCKET.get(keyOf(hash));
  if (object === null) {
    throw new StepFailed('PlanMissing', 'the plan is not kept any more', 'plan again, and use the new planHash');
  }
  const json = await object.text();
  if (await planHash(json) !== hash) {
    throw new StepFailed('PlanMissing', 'the kept plan is damaged', 'plan again');
  }
  if (object.customMetadata?.[VERSION] !== version) {
    throw new StepFailed('SourceChanged', 'the object is not the version that was planned', 'plan again, and use the new planHash');
  }
  return json;
}

function keyOf(hash: string): string {
  return `${RESERVED_PREFIX}plans/${hash}.json`;
}
