import { InvalidSetting } from '../failure.ts';

const ROOT = '/rest/v1';
const ANSWER = 30_000;
const MOST_BYTES = 8 << 20;
const MOST_CHARACTERS = 300;
const TRIES = 3;
const FIRST_PAUSE = 250;
const MOST_PAUSE = 5000;

type Row = Record<string, unknown>;

/** A Data API has refused a request, or cannot be reached. */
export class DataApiFailed extends Error {
  /** HTTP's; 0 if there was no answer. */
  readonly status: number;
  readonly code: string;
  readonly pause: number;

  constructor(problem: string, status = 0, code = '', pause = 0) {
    super(problem);
    this.status = status;
    this.code = code;
    this.pause = pause;
  }

  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** Whether a value was refused because no row could ever hold it: an id that is no UUID, say. */
  get isNoSuchValue(): boolean {
    return ['22P02', '22003', '22007'].includes(this.code);
  }

  /** Whether a row of that id was there already. */
  get isDuplicate(): boolean {
    return this.code === '23505';
  }

  get remedy(): string {
    switch (this.status) {
      case 0:
        return 'check SUPABASE_URL, and that it can be reached from here';
      case 400:
        return 'check the names and types of the columns (GLULAM_COLUMN_…)';
      case 401:
      case 403:
        return 'check SUPABASE_SECRET_KEY: a secret key (sb_secret_…) or service_role, and what its role may do';
      case 404:
        return this.code === ''
          ? 'check SUPABASE_URL: nothing answers there under /rest/v1'
          : 'check GLULAM_CATALOG_TABLE, and that its schema is exposed to the Data API';
      case 406:
        return 'expose the schema to the Data API, or name another one in GLULAM_CATALOG_TABLE';
      default:
        return this.retryable ? 'try again later' : "check the Data API's logs";
    }
  }
}

/** Tables behind PostgREST, which is what Supabase's Data API is: rows asked for and changed by URL. */
export class DataApi {
  readonly host: string;
  readonly #root: string;
  readonly #key: string;
  readonly #schema: string | null;

  /** @throws InvalidSetting for what can be no address, or no key */
  constructor(address: string, key: string, schema: string | null) {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '') {
      throw new InvalidSetting('SUPABASE_URL', 'is no URL like https://PROJECT.supabase.co');
    }
    const path = url.pathname.replace(/\/+$/, '');
    this.host = url.host;
    this.#root = url.origin + path + (path.endsWith(ROOT) ? '' : ROOT);
    this.#key = checkedKey(key.trim());
    this.#schema = schema;
  }

  get(table: string, query: string): Promise<Row[]> {
    return this.#repeated(() => this.#ask('GET', table, query));
  }

  /** Changes rows and gives those that were changed. */
  patch(table: string, query: string, values: Row): Promise<Row[]> {
    return this.#repeated(() => this.#ask('PATCH', table, query, values));
  }

  /** Adds a row and gives it. Asked once: a second try could not tell its own row from another client's. */
  post(table: string, query: string, values: Row): Promise<Row[]> {
    return this.#ask('POST', table, query, values);
  }

  async #repeated(request: () => Promise<Row[]>): Promise<Row[]> {
    for (let left = TRIES - 1, pause = FIRST_PAUSE; ; left--, pause *= 2) {
      try {
        return await request();
      } catch (failure) {
        if (!(failure instanceof DataApiFailed) || !failure.retryable || left === 0) {
          throw failure;
        }
        await scheduler.wait(Math.max(pause, Math.min(failure.pause, MOST_PAUSE)));
      }
    }
  }

  async #ask(method: string, table: string, query: string, values?: Row): Promise<Row[]> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.#root}/${encodeURIComponent(table)}?${query}`, {
        method,
        headers: this.#headers(values !== undefined),
        body: values === undefined ? null : JSON.stringify(values),
        // Redirects would carry the key to wherever they lead.
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER),
      });
      text = await response.text();
    } catch (failure) {
      throw new DataApiFailed(this.#hidden((failure as Error).message));
    }
    if (text.length > MOST_BYTES) {
      throw new DataApiFailed(`the answer is larger than ${MOST_BYTES} bytes`);
    }
    const body = parsed(text);
    if (!response.ok) {
      throw this.#refused(response, body);
    }
    if (!Array.isArray(body)) {
      throw new DataApiFailed('the answer is not an array of rows');
    }
    return body as Row[];
  }

  /** Secret keys go into apikey only, JSON web tokens into Authorization too. */
  #headers(writes: boolean): Record<string, string> {
    const headers: Record<string, string> = {
      Accept: 'application/json',
      'User-Agent': 'glulam',
      apikey: this.#key,
    };
    if (!this.#key.startsWith('sb_secret_')) {
      headers.Authorization = `Bearer ${this.#key}`;
    }
    if (writes) {
      headers['Content-Type'] = 'application/json';
      headers.Prefer = 'return=representation';
    }
    if (this.#schema !== null) {
      headers[writes ? 'Content-Profile' : 'Accept-Profile'] = this.#schema;
    }
    return headers;
  }

  #refused(response: Response, body: unknown): DataApiFailed {
    const { message = '', hint = '', code = '' } = (body ?? {}) as Record<string, unknown>;
    const line = this.#hidden(`${response.status}${message ? ` ${message}` : ''}${hint ? ` (${hint})` : ''}`)
      .replace(/\s+/g, ' ');
    const seconds = Number(response.headers.get('Retry-After') ?? '0');
    return new DataApiFailed(
      line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line,
      response.status, String(code ?? ''), Number.isFinite(seconds) ? seconds * 1000 : 0);
  }

  /** Without the key, should a server have repeated it. */
  #hidden(text: string): string {
    return text.replaceAll(this.#key, '…');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function checkedKey(key: string): string {
  if (!/^[!-~]{1,8192}$/.test(key)) {
    throw new InvalidSetting('SUPABASE_SECRET_KEY', 'is no key: a secret key (sb_secret_…) or the service_role key is needed');
  }
  if (key.startsWith('sb_publishable_') || roleOf(key) === 'anon') {
    throw new InvalidSetting('SUPABASE_SECRET_KEY',
      'is a key for browsers, from which rows are hidden: take a secret key (sb_secret_…) or service_role');
  }
  return key;
}

/** The role that a JSON web token names; empty for what is no such token. */
function roleOf(key: string): string {
  const [, claims] = key.split('.');
  try {
    const { role } = JSON.parse(atob((claims ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as { role?: string };
    return role ?? '';
  } catch {
    return '';
  }
}
