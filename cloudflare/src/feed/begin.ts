import { MOST_ID_CHARACTERS } from '../catalog/catalog.ts';
import { catalogOf } from '../catalog/connect.ts';
import type { Env } from '../env.ts';
import { ledgerOf } from '../instance/ledger.ts';
import { usualTerms } from '../request/compaction.ts';
import { settingsOf } from '../settings.ts';
import { feedSettings } from './settings.ts';

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
