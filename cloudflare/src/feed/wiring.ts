/** What joins the feed to the rest: its settings, its Durable Objects, the catalog and the ledger. */
import { catalogOf, MOST_ID_CHARACTERS } from '../catalog/catalog.ts';
import { ledgerOf, type Env } from '../env.ts';
import { usualTerms } from '../http/request.ts';
import type { Instance, Json } from '../ledger/types.ts';
import { at } from '../metrics/result.ts';
import { settingsOf } from '../settings.ts';
import { RESERVED_PREFIX } from '../workflow/ids.ts';
import type { BucketAllowance } from './bucket-allowance.ts';
import type { ObjectKeeper } from './keeper.ts';
import { readFeedSettings, type FeedSettings } from './settings.ts';

export function feedSettings(env: Env): FeedSettings {
  return readFeedSettings(env, RESERVED_PREFIX);
}

export function keeperOf(env: Env, key: string): DurableObjectStub<ObjectKeeper> {
  return env.KEEPER.get(env.KEEPER.idFromName(key));
}

export function allowanceOf(env: Env): DurableObjectStub<BucketAllowance> {
  return env.ALLOWANCE.get(env.ALLOWANCE.idFromName('bucket'));
}

/**
 * Asks the ledger for an instance.
 *
 * @return its id, which is another one where an instance was queued for the object already; null if no dataset has the
 *   object, or if there was an instance of this name before
 * @throws Error if as many are queued as may be
 */
export async function begin(env: Env, instance: string, key: string): Promise<string | null> {
  const datasetId = await datasetOf(env, key);
  if (datasetId === null) {
    return null;
  }
  const request = { ...usualTerms(settingsOf(env)), force: true };
  const submission = await ledgerOf(env).create({ id: instance, datasetId, key, request });
  switch (submission.kind) {
    case 'accepted':
      return submission.id;
    case 'taken':
      return null;
    case 'differs':
      throw new Error(`instance ${submission.id} is queued, which writes the object`);
    case 'full':
      throw new Error(`${submission.most} instances are queued already`);
  }
}

async function datasetOf(env: Env, key: string): Promise<string | null> {
  const catalog = catalogOf(env);
  const known = (await catalog.withKeys([key])).map((dataset) => dataset.id).sort()[0];
  if (known !== undefined) {
    return known;
  }
  if (!feedSettings(env).addsDatasets || key.length > MOST_ID_CHARACTERS) {
    return null;
  }
  await catalog.add(key, key, false);
  return key;
}

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
