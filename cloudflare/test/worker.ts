// The Worker as it is, over a bucket and a catalog that fail, hang or are written to by others when a test asks for it.
import worker, { CompactionWorkflow as Workflow, Ledger as PlainLedger } from '../src/worker.ts';
import type { Catalog, DatasetUpdate } from '../src/catalog/catalog.ts';
import { piecesOf } from '../src/engine/body.ts';
import type { Env } from '../src/env.ts';
import type { Run } from '../src/instance/types.ts';
import { R2_LIMITS } from '../src/step/parts.ts';

export * from '../src/worker.ts';

/** What happens once, at the `request`th request (from 1 on) that concerns keys or datasets whose names hold `mark`. */
interface Fault {
  mark: string;
  request: number;
  /**
   * `fail`: it is not carried out; `lose`: it is, but the answer is lost; `hang`: no answer; `slow`: after four seconds;
   * `overwrite`: before it.
   */
  action: 'fail' | 'lose' | 'hang' | 'slow' | 'overwrite';
  /** For `overwrite`: the key, and the key of the object that is put there. */
  key?: string;
  by?: string;
}

const faults = new Map<string, Fault>();
const requests = new Map<string, string[]>();

/** What was moved for a mark: ranges that were read, and bytes of the parts that were uploaded. */
interface Moved {
  reads: { key: string; offset: number; length: number }[];
  parts: number[];
}

const moved = new Map<string, Moved>();
let ledgerCalls = 0;

function marksIn(key: string): string | undefined {
  return /x[a-z]+-\d+x/.exec(key)?.[0];
}

async function request<T>(bucket: R2Bucket, name: string, key: string, work: () => Promise<T>): Promise<T> {
  const mark = marksIn(key);
  if (mark === undefined) {
    return work();
  }
  const made = requests.get(mark) ?? [];
  requests.set(mark, [...made, name]);
  const fault = faults.get(mark);
  if (fault === undefined || fault.request !== made.length + 1) {
    return work();
  }
  faults.delete(mark);
  switch (fault.action) {
    case 'fail':
      throw new Error(`${name}: We encountered an internal error. Please try again. (10001)`);
    case 'lose':
      await work();
      throw new Error(`${name}: We encountered an internal error. Please try again. (10001)`);
    case 'hang':
      return new Promise(() => undefined);
    case 'slow':
      await scheduler.wait(4000);
      return work();
    case 'overwrite':
      await bucket.put(fault.key!, (await bucket.get(fault.by!))!.body);
      return work();
  }
}

function movedOf(mark: string): Moved {
  const known = moved.get(mark) ?? { reads: [], parts: [] };
  moved.set(mark, known);
  return known;
}

function noteRead(key: string, range: R2GetOptions['range']): void {
  const mark = marksIn(key);
  if (mark !== undefined && range !== undefined && 'offset' in range) {
    movedOf(mark).reads.push({ key, offset: range.offset ?? 0, length: range.length ?? 0 });
  }
}

function notePart(key: string, value: ArrayBufferView): void {
  const mark = marksIn(key);
  if (mark !== undefined) {
    movedOf(mark).parts.push(value.byteLength);
  }
}

/** Counts what it is asked: each is a subrequest, too. */
function counted<T extends object>(stub: T): T {
  return new Proxy(stub, {
    get: (target, name) => (...values: unknown[]) => {
      ledgerCalls++;
      return (target as Record<PropertyKey, (...values: unknown[]) => unknown>)[name]!(...values);
    },
  });
}

function faulty(env: Env): Env {
  const bucket = env.BUCKET;
  const upload = (key: string, plain: R2MultipartUpload): R2MultipartUpload => ({
    key: plain.key,
    uploadId: plain.uploadId,
    uploadPart: (number, value, options) => {
      notePart(key, value as ArrayBufferView);
      return request(bucket, 'uploadPart', key, () => plain.uploadPart(number, value as ArrayBuffer, options));
    },
    complete: (parts) => request(bucket, 'complete', key, () => plain.complete(parts)),
    abort: () => plain.abort(),
  });
  const BUCKET = {
    head: (key: string) => request(bucket, 'head', key, () => bucket.head(key)),
    get: (key: string, options?: R2GetOptions) => {
      noteRead(key, options?.range);
      return request(bucket, 'get', key, () => bucket.get(key, options));
    },
    put: (key: string, value: ReadableStream, options?: R2PutOptions) =>
      request(bucket, 'put', key, () => bucket.put(key, value, options)),
    createMultipartUpload: (key: string, options?: R2MultipartOptions) => request(bucket, 'createMultipartUpload', key,
      async () => upload(key, await bucket.createMultipartUpload(key, options))),
    resumeMultipartUpload: (key: string, id: string) => bucket.resumeMultipartUpload(key, id),
    list: (options: R2ListOptions) => request(bucket, 'list', options.prefix ?? '', () => bucket.list(options)),
    delete: (keys: string | string[]) => request(bucket, 'delete', [keys].flat().join(), () => bucket.delete(keys)),
  };
  const CATALOG = {
    idFromName: (name: string) => env.CATALOG.idFromName(name),
    get: (id: DurableObjectId) => {
      const catalog: Catalog = env.CATALOG.get(id);
      return {
        find: (dataset: string) => request(bucket, 'find', dataset, () => catalog.find(dataset)),
        update: (dataset: string, update: DatasetUpdate) =>
          request(bucket, 'update', dataset, () => catalog.update(dataset, update)),
        withKeys: (keys: string[]) => request(bucket, 'withKeys', keys.join(), () => catalog.withKeys(keys)),
        changeKey: (dataset: string, from: string, to: string) =>
          request(bucket, 'changeKey', dataset, () => catalog.changeKey(dataset, from, to)),
      };
    },
  };
  const LEDGER = {
    idFromName: (name: string) => env.LEDGER.idFromName(name),
    get: (id: DurableObjectId) => counted(env.LEDGER.get(id)),
  };
  return {
    ...env,
    BUCKET: BUCKET as unknown as R2Bucket,
    CATALOG: CATALOG as unknown as Env['CATALOG'],
    LEDGER: LEDGER as unknown as Env['LEDGER'],
  };
}

/** One request puts no more than TEST_ONE_PUT bytes, where a test says so; parts have the least that R2 takes. */
export class CompactionWorkflow extends Workflow {
  protected override readonly limits;

  constructor(context: ExecutionContext, env: Env & { TEST_ONE_PUT?: string }) {
    super(context, faulty(env));
    this.limits = env.TEST_ONE_PUT === undefined ? R2_LIMITS : { onePut: Number(env.TEST_ONE_PUT), part: 5 << 20 };
  }
}

const points: unknown[] = [];

/**
 * Workflows of which those called `xlate-…` answer a question for their status once they have ended; those called `xgone-…` do not
 * exist any more by then.
 */
function late(workflows: Env['COMPACTION']): Env['COMPACTION'] {
  const statusAtEnd = async (workflow: WorkflowInstance) => {
    for (;;) {
      const now = await workflow.status();
      if (['errored', 'terminated', 'complete'].includes(now.status)) {
        return now;
      }
      await scheduler.wait(50);
    }
  };
  return {
    create: (options?: WorkflowInstanceCreateOptions<Run>) => workflows.create(options),
    get: async (id: string) => {
      const workflow = await workflows.get(id);
      const [, kind] = /^x(late|gone)-/.exec(id) ?? [];
      return kind === undefined ? workflow : {
        status: async () => {
          const now = await statusAtEnd(workflow);
          if (kind === 'gone') {
            throw new Error('instance.not_found');
          }
          return now;
        },
      };
    },
  } as unknown as Env['COMPACTION'];
}

/** With a dataset of Workers Analytics Engine that the test can read, and with Workflows that answer late. */
export class Ledger extends PlainLedger {
  constructor(context: DurableObjectState, env: Env) {
    super(context, { ...env, COMPACTION: late(env.COMPACTION), ANALYTICS: { writeDataPoint: (point) => { points.push(point); } } });
  }

  /** Looks after everything that is under way, as if it had been silent for long. */
  async watchSilent(): Promise<void> {
    this.ctx.storage.sql.exec('UPDATE instances SET updated_at = 0 WHERE ended_at IS NULL');
    await this.watch();
  }
}

/**
 * GET /test/points, POST /test/watch; and to the bucket: POST /test/faults, GET /test/requests/MARK, GET /test/moved/MARK, POST /test/again, PUT and GET /test/objects/KEY, POST
 * /test/assembled/KEY.
 */
async function tested(incoming: Request, env: Env): Promise<Response> {
  const [, , what, ...rest] = new URL(incoming.url).pathname.split('/');
  const key = decodeURIComponent(rest.join('/'));
  if (what === 'faults') {
    for (const fault of await incoming.json() as Fault[]) {
      faults.set(fault.mark, fault);
    }
    return Response.json({});
  }
  if (what === 'requests') {
    return Response.json(requests.get(key) ?? []);
  }
  if (what === 'moved') {
    return Response.json({ ...movedOf(key), ledgerCalls });
  }
  if (what === 'again') {
    return Response.json(await movedAgain(env.BUCKET, await incoming.json()));
  }
  if (what === 'watch') {
    await (env.LEDGER.get(env.LEDGER.idFromName('ledger')) as unknown as Pick<Ledger, 'watchSilent'>).watchSilent();
    return Response.json({});
  }
  if (what === 'points') {
    return Response.json(points);
  }
  if (what === 'list') {
    const { objects } = await env.BUCKET.list({ prefix: key });
    return Response.json(objects.map((object) => object.key));
  }
  if (what === 'assembled') {
    return Response.json(await assembled(env.BUCKET, key, await incoming.json()));
  }
  if (incoming.method === 'PUT') {
    // As a stream: an isolate collects buffers late, and tests weigh them.
    const object = await env.BUCKET.put(key, incoming.body ?? '');
    return Response.json({ etag: object!.etag });
  }
  const object = await env.BUCKET.get(key);
  return object === null ? new Response(null, { status: 404 })
    : new Response(object.body, { headers: { ETag: object.etag, 'X-Metadata': JSON.stringify(object.customMetadata) } });
}

/** Moves bytes as a compaction did, without an engine: what is left of its processor time is the local bucket's. */
async function movedAgain(bucket: R2Bucket, { source, target, reads, parts }: Moved & { source: string; target: string }): Promise<object> {
  const upload = await bucket.createMultipartUpload(target);
  const buffer = new Uint8Array(Math.max(...parts));
  const made: R2UploadedPart[] = [];
  for (const length of parts) {
    made.push(await upload.uploadPart(made.length + 1, buffer.subarray(0, length)));
  }
  const { size } = await upload.complete(made);
  let bytes = 0;
  for (const { key, offset, length } of reads) {
    const object = await bucket.get(key === source ? source : target, { range: { offset, length } });
    for await (const piece of piecesOf((object as R2ObjectBody).body)) {
      bytes += piece.length;
    }
  }
  await bucket.put(`${target}.published`, (await bucket.get(target))!.body);
  await bucket.delete([target, `${target}.published`]);
  return { bytes, size };
}

/** Makes one object of others, which are removed. */
async function assembled(bucket: R2Bucket, key: string, parts: string[]): Promise<{ size: number }> {
  const upload = await bucket.createMultipartUpload(key);
  const made: R2UploadedPart[] = [];
  for (const part of parts) {
    made.push(await upload.uploadPart(made.length + 1, (await bucket.get(part))!.body));
  }
  const { size } = await upload.complete(made);
  await bucket.delete(parts);
  return { size };
}

export default {
  fetch(incoming, env, context) {
    return new URL(incoming.url).pathname.startsWith('/test/')
      ? tested(incoming, env) : worker.fetch!(incoming, env, context);
  },
} satisfies ExportedHandler<Env>;
