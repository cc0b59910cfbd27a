// The Worker with `glulam serve` in the container's place: a process of this machine on the same local bucket, by its S3 side. All
// that the Worker asks of it passes a door, which notes it and can break connections.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { fragmented } from '../scripts/fragmented.mjs';
import { freePort } from '../scripts/ports.mjs';
import { freshState, remove, start, withS3 } from './harness.mjs';

const TOKEN = 'token-of-the-container';
const glulam = fileURLToPath(new URL('../../glulam', import.meta.url));

export class Contained {
  /** The Worker; another one after a restart. */
  server;
  /** Keys of the objects that the container was asked for. */
  asked = new Set();
  /** Instances whose status the door keeps to itself. */
  held = new Set();
  /** By a mark in what is asked: the number of the request, from 1 on, whose connection the door breaks, before or after it. */
  broken = new Map();
  #state;
  #options;
  #door;
  #serve;
  #servePort;

  async start() {
    this.#state = freshState();
    execFileSync(glulam, ['version']); // Builds it, where that was not done yet.
    writeFileSync(`${this.#state}/wrangler.json`, JSON.stringify(withS3()));
    writeFileSync(`${this.#state}/tables.json`, '{}');
    this.#options = {
      // That of a Worker that was killed is that of the next one, too: the container knows it.
      port: await freePort(), config: `${this.#state}/wrangler.json`,
      vars: { GLULAM_CONTAINER_URL: `http://127.0.0.1:${await this.#openDoor()}`, GLULAM_CONTAINER_TOKEN: TOKEN, GLULAM_BACKUP: 'none' },
    };
    this.server = await start(this.#state, this.#options);
    await this.#startServe();
  }

  async stop() {
    await this.#stopServe();
    await this.server?.dev.stop();
    this.#door?.closeAllConnections();
    this.#door?.close();
    remove(this.#state);
  }

  /** Kills the Worker's processes, and starts it again. */
  async restartWorker() {
    await this.server.dev.kill();
    this.held.clear();
    this.server = await start(this.#state, this.#options);
  }

  /** Kills the container, whose disk goes with it, and starts it again. */
  async replaceServe() {
    await this.#stopServe();
    rmSync(`${this.#state}/serve`, { recursive: true, force: true });
    await this.#startServe();
  }

  #openDoor() {
    this.#door = http.createServer((request, response) => this.#pass(request, response).catch(() => request.socket.destroy()));
    return new Promise((resolve) => this.#door.listen(0, '127.0.0.1', () => resolve(this.#door.address().port)));
  }

  async #pass(request, response) {
    const parts = [];
    for await (const part of request) {
      parts.push(part);
    }
    const body = Buffer.concat(parts);
    this.asked.add(body.length === 0 ? undefined : JSON.parse(body).bucketKey);
    const breaks = this.#breakAt(request.url + body);
    if (breaks === 'fail') {
      throw new Error('it does not arrive');
    }
    const { 'content-type': type, authorization } = request.headers;
    const answer = await fetch(`http://127.0.0.1:${this.#servePort}${request.url}`, {
      method: request.method, headers: { ...(type === undefined ? {} : { 'Content-Type': type }), Authorization: authorization },
      ...(body.length === 0 ? {} : { body }),
    });
    const text = await answer.text();
    if (request.method === 'GET' && [...this.held].some((name) => request.url.includes(name))) {
      return; // The Worker waits until it is killed.
    }
    if (breaks === 'lose') {
      throw new Error('the answer is lost');
    }
    response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(text);
  }

  /** What happens to a request: `fail`, `lose`, or nothing. */
  #breakAt(text) {
    const fault = this.broken.get(/x[a-z]+-\d+x/.exec(text)?.[0]);
    return fault !== undefined && --fault.request === 0 ? fault.action : undefined;
  }

  async #startServe() {
    mkdirSync(`${this.#state}/serve`, { recursive: true });
    this.#serve = spawn(glulam, [
      'serve', '--bucket', 'r2://glulam', '--endpoint', `${this.server.url}/cdn-cgi/local/r2/s3`,
      '--port', '0', '--data', `${this.#state}/serve`, '--tables', `${this.#state}/tables.json`,
    ], {
      detached: true, stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, AWS_ACCESS_KEY_ID: 'AK', AWS_SECRET_ACCESS_KEY: 'SK', GLULAM_TOKEN: TOKEN },
    });
    const said = await this.#greeting();
    this.#servePort = /^Serving http:\/\/localhost:(\d+) /m.exec(said)?.[1];
    if (this.#servePort === undefined) {
      throw new Error(`glulam serve does not start: ${said}`);
    }
  }

  /** What the container prints until it serves, or until it ends. */
  #greeting() {
    let said = '';
    return new Promise((resolve) => {
      for (const stream of [this.#serve.stdout, this.#serve.stderr]) {
        stream.on('data', (part) => {
          said += part;
          if (/^Serving .*\n/m.test(said)) {
            resolve(said);
          }
        });
      }
      this.#serve.once('close', () => resolve(said));
    });
  }

  async #stopServe() {
    if (this.#serve === undefined) {
      return;
    }
    const gone = new Promise((resolve) => this.#serve.once('exit', resolve));
    try {
      process.kill(-this.#serve.pid, 'SIGKILL');
      await gone;
    } catch {
      // It is gone.
    }
    this.#serve = undefined;
    this.#servePort = undefined;
  }
}

/** Puts a Delta table of small objects, whose schema is that of `fragmented`. */
export async function putTable(server, folder, count) {
  const field = (name, type) => ({ name, type, nullable: false, metadata: {} });
  const schema = { type: 'struct', fields: [field('id', 'long'), field('at', 'long'), field('city', 'string'), field('amount', 'double')] };
  const actions = [
    { protocol: { minReaderVersion: 1, minWriterVersion: 2 } },
    { metaData: { id: '7f2c1a52-7d0c-4c1e-9f0e-6f3d1f5b8a11', format: { provider: 'parquet', options: {} },
      schemaString: JSON.stringify(schema), partitionColumns: [], configuration: {}, createdTime: 0 } },
  ];
  for (let i = 0; i < count; i++) {
    const bytes = fragmented(1, 1000, i);
    await server.put(`${folder}/part-${i}.parquet`, bytes);
    actions.push({ add: { path: `part-${i}.parquet`, partitionValues: {}, size: bytes.length, modificationTime: 0, dataChange: true } });
  }
  await server.put(`${folder}/_delta_log/00000000000000000000.json`, actions.map((action) => `${JSON.stringify(action)}\n`).join(''));
}
