import type { Dataset } from '../catalog/catalog.ts';
import { catalogOf } from '../catalog/connect.ts';
import { hasOutside } from '../engine/outside.ts';
import type { Env } from '../env.ts';
import { ledgerOf } from '../instance/ledger.ts';
import { usualTerms } from '../request/compaction.ts';
import { isKey } from '../request/keys.ts';
import { settingsOf } from '../settings.ts';
import { isTable } from '../terms/table-names.ts';
import { instanceId } from './debounce.ts';

const PAGE = 100;
/** Rows looked at in one go: an invocation has a bounded number of requests. */
const MOST_ROWS = 2000;

/**
 * Picks up flagged datasets. An instance is named by its object's and its row's version: what was refused is not asked for
 * again until one of them changes.
 */
export async function poll(env: Env): Promise<void> {
  const catalog = catalogOf(env);
  let after = '';
  for (let looked = 0; looked < MOST_ROWS;) {
    const page = await catalog.list(after, true, PAGE);
    for (const dataset of page) {
      if (!await pickUp(env, dataset)) {
        return;
      }
      after = dataset.id;
    }
    looked += page.length;
    if (page.length < PAGE) {
      return;
    }
  }
}

/** Gives whether there is room for more. */
async function pickUp(env: Env, dataset: Dataset): Promise<boolean> {
  const { id: datasetId, key } = dataset;
  if (key !== null && isTable(key) && hasOutside(env)) {
    const id = await instanceId(datasetId, dataset.version, 'poll');
    return (await ledgerOf(env).create({ id, datasetId, key, request: { table: key } })).kind !== 'full';
  }
  if (key === null || !isKey(key)) {
    return true;
  }
  const head = await env.BUCKET.head(key);
  const id = await instanceId(datasetId, `${head?.etag ?? ''}\n${dataset.version}`, 'poll');
  const submission = await ledgerOf(env).create({ id, datasetId, key, request: { ...usualTerms(settingsOf(env)) } });
  return submission.kind !== 'full';
}
