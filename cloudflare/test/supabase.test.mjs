// The catalog in Supabase: a stand-in of its Data API, which refuses, loses or delays any one of its requests.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { fragmented } from '../scripts/fragmented.mjs';
import { freshState, remove, start } from './harness.mjs';

const KEY = 'sb_secret_of_the_tests_0123456789';
const BYTES = fragmented(2, 200, 5);

/** A table of datasets as PostgREST answers for it, as far as the Worker asks. */
class StandIn {
  rows = new Map();
  requests = [];
  /** By a dataset's id, or by the name that all keys and ids of a merge have: what happens to which of its requests. */
  faults = new Map();
  seen = new Map();

  constructor() {
    this.server = http.createServer((request, response) => this.#answer(request, response).catch((failure) => {
      this.requests.push(`failed: ${failure.stack}`);
      response.destroy();
    }));
  }

  add(id, bucketKey, flagged = true) {
    this.rows.set(id, { id, bucket_key: bucketKey, compaction_needed: flagged, last_compacted_at: null, file_size_bytes: null,
      updated_at: '2026-01-01T00:00:00.123456+00:00' });
  }

  async #answer(request, response) {
    let body = '';
    for await (const part of request) {
      body += part;
    }
    const url = new URL(request.url, 'http://localhost');
    const id = /merge-[a-z]+-\d/.exec(url.search)?.[0] ?? url.searchParams.get('id')?.replace(/^eq\./, '') ?? '';
    this.requests.push({ method: request.method, url: request.url, headers: request.headers });
    const send = (status, json, headers = {}) => {
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(JSON.stringify(json));
    };
    if (request.headers.apikey !== KEY || request.headers.authorization !== undefined) {
      return send(401, { message: `wrong key ${request.headers.apikey}` });
    }
    const count = (this.seen.get(id) ?? 0) + 1;
    this.seen.set(id, count);
    const fault = this.faults.get(id);
    if (fault?.request === count) {
      switch (fault.action) {
        case 'refuse':
          return send(503, { message: 'try again' });
        case 'limit':
          return send(429, { message: 'too many' }, { 'Retry-After': '1' });
        case 'lose':
          this.#rows(request.method, url, body);
          return response.destroy();
        case 'touch':
          this.rows.get(id).updated_at = '2026-02-02T00:00:00+00:00';
          break;
      }
    }
    return send(200, this.#rows(request.method, url, body));
  }

  #rows(method, url, body) {
    const found = [...this.rows.values()].filter((row) => [...url.searchParams].every(([name, condition]) => {
      const [, operator, value] = /^(eq|gt|is|in)\.(.*)$/.exec(condition) ?? [];
      if (!(name in row) || operator === undefined) {
        return true;
      }
      if (operator === 'in') {
        return JSON.parse(`[${value.slice(1, -1)}]`).includes(row[name]); // ("one","two")
      }
      return operator === 'gt' ? row[name] > value : String(row[name]) === value;
    }));
    if (method === 'PATCH') {
      found.forEach((row) => Object.assign(row, JSON.parse(body)));
    }
    return found.map((row) => ({ id: row.id, key: row.bucket_key, flag: row.compaction_needed, compacted: row.last_compacted_at,
      size: row.file_size_bytes, version: row.updated_at }));
  }
}

describe('With the catalog in Supabase', () => {
  const catalog = new StandIn();
  let state;
  let server;

  before(async () => {
    await new Promise((resolve) => catalog.server.listen(0, '127.0.0.1', resolve));
    const { port } = catalog.server.address();
    state = freshState();
    server = await start(state, { vars: { SUPABASE_URL: `http://127.0.0.1:${port}`, SUPABASE_SECRET_KEY: KEY } });
  });

  after(async () => {
    await server?.dev.stop();
    catalog.server.close();
    remove(state);
  });

  async function compacted(name) {
    await server.put(`${name}.parquet`, BYTES);
    catalog.add(name, `${name}.parquet`);
    return server.compacted(name);
  }

  function assertDone(instance, row) {
    assert.equal(instance.status, 'complete', JSON.stringify(instance.error));
    assert.equal(instance.output.flagKept, false);
    assert.equal(row.compaction_needed, false);
    assert.equal(row.file_size_bytes, instance.output.after.bytes);
    assert.equal(Date.parse(row.last_compacted_at), Date.parse(instance.output.publishedAt));
  }

  it('a compaction sets the row, and asks for the table by its key only', async () => {
    const instance = await compacted('plain');
    assertDone(instance, catalog.rows.get('plain'));
    assert.ok(catalog.requests.every(({ url }) => url?.startsWith('/rest/v1/datasets?')), JSON.stringify(catalog.requests));
  });

  for (const action of ['refuse', 'limit', 'lose']) {
    for (const request of [1, 2, 3]) {
      it(`request ${request} of a dataset: ${action}`, async () => {
        const name = `${action}-${request}`;
        catalog.faults.set(name, { request, action });
        assertDone(await compacted(name), catalog.rows.get(name));
      });
    }
  }

  it('a merge clears the flag of what it has merged, whichever request fails or loses its answer', async () => {
    const begin = async (name) => {
      await Promise.all([5, 6].map((seed) => server.put(`${name}/part-${seed}.parquet`, fragmented(1, 200, seed))));
      catalog.add(name, `${name}/part-5.parquet`);
      catalog.add(`${name}-new`, `${name}.parquet`);
      await server.post('/compact', { prefix: `${name}/`, target: `${name}.parquet`, instanceId: name });
    };
    await begin('merge-plain-0');
    await server.ended('merge-plain-0');
    const count = catalog.seen.get('merge-plain-0');
    assert.ok(count >= 4, `${count} requests`); // Both datasets are looked for, and changed.
    const names = [];
    for (const action of ['refuse', 'limit', 'lose']) {
      for (let request = 1; request <= count; request++) {
        names.push(`merge-${action}-${request}`);
        catalog.faults.set(names.at(-1), { request, action });
      }
    }
    for (const name of names) {
      await begin(name);
    }
    for (const name of names) {
      const { status, error, output } = await server.ended(name);
      assert.equal(status, 'complete', `${name}: ${JSON.stringify(error)}`);
      assert.ok(catalog.seen.get(name) > count, `${name}: no request was made again`);
      assert.equal(output.flagKept, false, name);
      assert.deepEqual(output.datasets.map(({ datasetId }) => datasetId), [name, `${name}-new`]);
      assert.deepEqual([name, `${name}-new`].map((id) => catalog.rows.get(id).compaction_needed), [false, false], name);
      assert.equal(catalog.rows.get(`${name}-new`).file_size_bytes, output.after.bytes, name);
    }
  });

  it('a row that was changed meanwhile keeps its flag', async () => {
    catalog.faults.set('touched', { request: 3, action: 'touch' });
    const instance = await compacted('touched');
    assert.equal(instance.output.flagKept, true);
    assert.equal(instance.output.reason, "the dataset's row has changed meanwhile");
    assert.equal(catalog.rows.get('touched').compaction_needed, true);
    assert.equal(catalog.rows.get('touched').file_size_bytes, instance.output.after.bytes);
  });

  it('the key is in no answer and in no log', async () => {
    const { readFileSync } = await import('node:fs');
    assert.ok(!readFileSync(server.dev.log, 'utf8').includes(KEY));
    assert.ok(!(await (await server.ask('/instances')).text()).includes(KEY));
  });
});
