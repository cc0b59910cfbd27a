// What the tests have in common: a Worker of their own over an empty state, its API, and the values of Parquet objects.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { startDev } from '../scripts/dev.mjs';

const TARGET = fileURLToPath(new URL('../target/', import.meta.url));
const ENDED = ['complete', 'errored', 'terminated'];
const LONGEST = 600_000;
const TRIES = 3;
/** Bytes of a piece of a large object. */
const PIECE = 32 << 20;

/** An empty folder for what `wrangler dev` keeps. */
export function freshState() {
  mkdirSync(TARGET, { recursive: true });
  return mkdtempSync(`${TARGET}state-`);
}

export function remove(state) {
  // A process that was killed may write until it is gone.
  rmSync(state, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** The tests' configuration, with a local bucket that can be asked as S3, too, by the key AK and the secret SK. */
export function withS3() {
  const own = JSON.parse(readFileSync(new URL('wrangler.jsonc', import.meta.url), 'utf8').replace(/^\s*\/\/.*$/gm, ''));
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const [bucket] = own.r2_buckets;
  return {
    ...own,
    main: `${folder}${own.main}`,
    assets: { ...own.assets, directory: `${folder}${own.assets.directory}` },
    r2_buckets: [{ ...bucket, local_dev: { experimental_s3_credentials: { accessKeyId: 'AK', secretAccessKey: 'SK' } } }],
  };
}

/** The Worker of the tests; failed steps are tried again at once. */
export async function start(state, { vars = {}, ...options } = {}) {
  const dev = await startDev(state, {
    config: 'test/wrangler.jsonc',
    vars: { GLULAM_RETRY_DELAY: '50ms', GLULAM_CONCURRENCY: '8', ...vars },
    ...options,
  });
  return new Server(dev);
}

export class Server {
  constructor(dev) {
    this.dev = dev;
  }

  get url() {
    return this.dev.url;
  }

  async ask(path, options) {
    const response = await fetched(this.url + path, options);
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  }

  async get(path) {
    return (await this.ask(path)).json();
  }

  async post(path, body) {
    const headers = { 'Content-Type': 'application/json' };
    return (await this.ask(path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  }

  put(key, bytes) {
    return this.ask(`/test/objects/${encodeURIComponent(key)}`, { method: 'PUT', body: bytes }).then((answer) => answer.json());
  }

  /** Puts an object that one request does not carry. */
  async putLarge(key, bytes) {
    const parts = [];
    for (let from = 0; from < bytes.length; from += PIECE) {
      parts.push(`piece-${parts.length}`);
      await this.put(parts.at(-1), bytes.subarray(from, from + PIECE));
    }
    return this.post(`/test/assembled/${encodeURIComponent(key)}`, parts);
  }

  /** The bytes, or null. */
  async object(key) {
    for (let tries = TRIES; ; tries--) {
      try {
        const response = await fetched(`${this.url}/test/objects/${encodeURIComponent(key)}`);
        return response.ok ? Buffer.from(await response.arrayBuffer()) : null;
      } catch (failure) {
        if (tries === 1) {
          throw failure;
        }
      }
    }
  }

  /** Starts an instance of the dataset's name, and does not wait for it. */
  begin(name, more = {}) {
    return this.post('/compact', { datasetId: name, instanceId: name, ...more });
  }

  /** Puts an object and adds its dataset, flagged, both of one name. */
  async addObject(name, bytes) {
    await this.put(name, bytes);
    await this.post('/datasets', { id: name, bucketKey: name, compactionNeeded: true });
  }

  /** Of each name the number of a request, from 1 on, that is never answered. */
  hangAt(places) {
    return this.post('/test/faults', places.map(([mark, request]) => ({ mark, request, action: 'hang' })));
  }

  /** Until the instances of those names have made no request for a while. */
  async untilStill(names) {
    let last = '';
    for (let quiet = 0; quiet < 10;) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const now = JSON.stringify(await Promise.all(names.map((name) => this.get(`/test/requests/${name}`))));
      quiet = now === last ? quiet + 1 : 0;
      last = now;
    }
  }

  /** An instance as it is when it has ended. */
  async ended(id, longest = LONGEST) {
    const end = Date.now() + longest;
    while (Date.now() < end) {
      const instance = await this.get(`/status/${id}`);
      if (ENDED.includes(instance.status)) {
        return instance;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`instance ${id} does not end: ${JSON.stringify(await this.get(`/status/${id}`))}; see ${this.dev.log}`);
  }

  /** Those instances when all of them have ended, in the order of their ids. */
  async allEnded(ids) {
    const end = Date.now() + LONGEST;
    while (Date.now() < end) {
      const { counts } = await this.get('/instances?limit=1');
      if (Object.keys(counts).every((status) => ENDED.includes(status))) {
        return Promise.all(ids.map((id) => this.get(`/status/${id}`)));
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error(`some instances do not end: ${await (await this.ask('/instances')).text()}; see ${this.dev.log}`);
  }

  async compacted(name, more = {}, longest = LONGEST) {
    const { id } = await this.begin(name, more);
    return this.ended(id, longest);
  }

  /** Nothing temporary is left. */
  async leftovers() {
    return this.get('/test/list/.glulam%2F');
  }

  dataset(id) {
    return this.get('/datasets?limit=500').then(({ datasets }) => datasets.find((dataset) => dataset.id === id));
  }
}

/** A connection that was idle may be closed just when it is used again: what may be asked twice is asked again. */
async function fetched(url, options = {}) {
  for (let tries = options.method === 'POST' ? 1 : TRIES; ; tries--) {
    try {
      return await fetch(url, options);
    } catch (failure) {
      if (tries === 1) {
        throw failure;
      }
    }
  }
}

/** All rows of a Parquet file, or some columns of them, by a reader that is not ours. */
export function rowsOf(bytes, columns) {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return parquetReadObjects({
    file: { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) },
    ...(columns === undefined ? {} : { columns }),
    compressors: { ZSTD: (input) => zlib.zstdDecompressSync(input) },
  });
}
