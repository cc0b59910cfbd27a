import type { Env } from '../env.ts';
import type { Catalog } from './catalog.ts';
import { DataApiCatalog } from './data-api.ts';

/** Supabase's if its URL is set, else one of our own. */
export function catalogOf(env: Env): Catalog {
  return env.SUPABASE_URL === undefined || env.SUPABASE_URL === ''
    ? env.CATALOG.get(env.CATALOG.idFromName('catalog')) as unknown as Catalog
    : DataApiCatalog.of(env);
}
