import type { Env } from '../env.ts';
import { CatalogFailed, InvalidSetting } from '../failure.ts';
import { isWritten, type Catalog, type Dataset, type DatasetUpdate, type UpdateResult } from './catalog.ts';
import { namesOf, type Names } from './names.ts';
import { DataApi, DataApiFailed } from './postgrest.ts';

/** Of a list in a URL. */
const MOST_CHARACTERS = 4000;

/**
 * A catalog behind Supabase's Data API, or any PostgREST. The rows that come back show whether a change was made:
 * there, a change of no row succeeds.
 */
export class DataApiCatalog implements Catalog {
  readonly #api: DataApi;
  readonly #names: Names;

  private constructor(api: DataApi, names: Names) {
    this.#api = api;
    this.#names = names;
  }

  static of(env: Env): DataApiCatalog {
    if (!env.SUPABASE_SECRET_KEY) {
      throw new InvalidSetting('SUPABASE_SECRET_KEY', 'is needed where SUPABASE_URL is set');
    }
    const names = namesOf(env);
    return new DataApiCatalog(new DataApi(env.SUPABASE_URL!, env.SUPABASE_SECRET_KEY, names.schema), names);
  }

  async check(): Promise<void> {
    await this.#guarded(() => this.#rows(`&${filter(this.#names.flag, 'eq', 'true')}&limit=1`));
  }

  find(id: string): Promise<Dataset | null> {
    return this.#guarded(() => this.#row(id));
  }

  async #row(id: string): Promise<Dataset | null> {
    try {
      return (await this.#rows(`&${this.#id(id)}&limit=1`))[0] ?? null;
    } catch (failure) {
      if (failure instanceof DataApiFailed && failure.isNoSuchValue) {
        return null;
      }
      throw failure;
    }
  }

  list(after: string, flagged: boolean, limit: number): Promise<Dataset[]> {
    const from = after === '' ? '' : `&${filter(this.#names.id, 'gt', after)}`;
    const which = flagged ? `&${filter(this.#names.flag, 'eq', 'true')}` : '';
    return this.#guarded(() =>
      this.#rows(`${from}${which}&order=${encodeURIComponent(name(this.#names.id))}.asc&limit=${limit}`));
  }

  async withKeys(keys: readonly string[]): Promise<Dataset[]> {
    const column = this.#names.key;
    if (column === null) {
      return [];
    }
    const lists: string[] = [];
    for (const element of keys.map((key) => encodeURIComponent(quoted(key)))) {
      const list = lists.at(-1);
      if (list === undefined || list.length + element.length > MOST_CHARACTERS) {
        lists.push(element);
      } else {
        lists[lists.length - 1] = `${list},${element}`;
      }
    }
    const found: Dataset[] = [];
    for (const list of lists) {
      found.push(...await this.#guarded(() => this.#rows(`&${encodeURIComponent(name(column))}=in.(${list})`)));
    }
    return found;
  }

  update(id: string, update: DatasetUpdate): Promise<UpdateResult> {
    return this.#guarded(async () => {
      if (update.clearFlagIf !== null && await this.#write(id, update, update.clearFlagIf)) {
        return 'flag-cleared';
      }
      const row = await this.#row(id);
      if (row === null) {
        return 'missing';
      }
      if (update.clearFlagIf !== null && isWritten(update, row)) {
        return 'flag-cleared';
      }
      return await this.#write(id, update, null) ? 'flag-kept' : 'missing';
    });
  }

  #write(id: string, update: DatasetUpdate, clearFlagIf: string | null): Promise<boolean> {
    const names = this.#names;
    const values: Record<string, unknown> = { [names.size]: update.fileSizeBytes };
    if (update.lastCompactedAt !== null) {
      values[names.compactedAt] = update.lastCompactedAt;
    }
    if (clearFlagIf === null) {
      return this.#changed(id, '', values);
    }
    const version = clearFlagIf === ''
      ? filter(names.version, 'is', 'null')
      : filter(names.version, 'eq', clearFlagIf);
    return this.#changed(id, `&${version}`, { ...values, [names.flag]: false });
  }

  changeKey(id: string, from: string, to: string): Promise<boolean> {
    const key = this.#key();
    return this.#guarded(async () => await this.#changed(id, `&${filter(key, 'eq', from)}`, { [key]: to })
      || (await this.#row(id))?.key === to);
  }

  add(id: string, key: string, flagged: boolean): Promise<boolean> {
    const names = this.#names;
    const values = { [names.id]: id, [this.#key()]: key, [names.flag]: flagged, [names.version]: now() };
    return this.#guarded(async () => {
      try {
        return (await this.#api.post(names.table, this.#returning(), values)).length > 0;
      } catch (failure) {
        if (failure instanceof DataApiFailed && failure.isDuplicate) {
          return false;
        }
        throw failure;
      }
    });
  }

  flag(id: string): Promise<boolean> {
    const values = { [this.#names.flag]: true, [this.#names.version]: now() };
    return this.#guarded(() => this.#changed(id, '', values));
  }

  /** Whether there was such a row. */
  async #changed(id: string, where: string, values: Record<string, unknown>): Promise<boolean> {
    try {
      const query = `${this.#id(id)}${where}&${this.#returning()}`;
      return (await this.#api.patch(this.#names.table, query, values)).length > 0;
    } catch (failure) {
      // Either the id can be none, or what was to be written is too large for its column.
      if (failure instanceof DataApiFailed && failure.isNoSuchValue && await this.#row(id) === null) {
        return false;
      }
      throw failure;
    }
  }

  async #rows(query: string): Promise<Dataset[]> {
    const rows = await this.#api.get(this.#names.table, `select=${encodeURIComponent(this.#columns())}${query}`);
    return rows.map(dataset);
  }

  #key(): string {
    if (this.#names.key === null) {
      throw new CatalogFailed("the catalog's table has no column for keys",
        'name one, or add datasets where they are kept', false);
    }
    return this.#names.key;
  }

  #id(id: string): string {
    return filter(this.#names.id, 'eq', id);
  }

  /** Only what changing rows gives back; the rows themselves are read by #rows. */
  #returning(): string {
    return `select=${encodeURIComponent(name(this.#names.id))}`;
  }

  #columns(): string {
    const names = this.#names;
    return [
      `id:${name(names.id)}::text`,
      ...(names.key === null ? [] : [`key:${name(names.key)}`]),
      `flag:${name(names.flag)}`,
      `compacted:${name(names.compactedAt)}`,
      `size:${name(names.size)}`,
      `version:${name(names.version)}::text`,
    ].join(',');
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (failure) {
      if (!(failure instanceof DataApiFailed)) {
        throw failure;
      }
      throw new CatalogFailed(`the catalog (${this.#api.host}, table ${this.#names.table}) cannot be used: ${failure.message}`,
        failure.remedy, failure.retryable);
    }
  }
}

function now(): string {
  return new Date().toISOString();
}

/** All that follows the dot is the value, whatever it holds. */
function filter(column: string, operator: string, value: string): string {
  return `${encodeURIComponent(name(column))}=${operator}.${encodeURIComponent(value)}`;
}

/** A column's name as PostgREST's grammar takes it. */
function name(column: string): string {
  return /^[A-Za-z0-9_]+$/.test(column) ? column : quoted(column);
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function dataset(row: Record<string, unknown>): Dataset {
  return {
    id: String(row.id),
    key: row.key == null ? null : String(row.key),
    compactionNeeded: row.flag === true,
    lastCompactedAt: row.compacted == null ? null : time(String(row.compacted)),
    fileSizeBytes: row.size == null ? null : Number(row.size),
    version: row.version == null ? '' : String(row.version),
  };
}

/** Times without a zone are in UTC, as we write them. */
function time(text: string): string {
  const parsed = Date.parse(/(Z|[+-]\d{2}(:?\d{2})?)$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(parsed)) {
    throw new CatalogFailed('the catalog holds a time that cannot be read',
      'check the type of the column of last_compacted_at', false);
  }
  return new Date(parsed).toISOString();
}
