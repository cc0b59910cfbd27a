import { catalogOf } from '../catalog/connect.ts';
import { hasEnded, STATUSES, type Control, type FullInstance, type Instance, type Status } from '../instance/types.ts';
import { ApiError } from '../request/errors.ts';
import { requireKey } from '../request/keys.ts';
import { namedIn } from '../terms/merge.ts';
import type { Call } from './call.ts';

const LISTED = 50;
const MOST_LISTED = 500;
const SUMMARY = ['skipped', 'reason', 'published', 'flagKept', 'before', 'after', 'saved'];
/** How long a stream of events lasts. */
const STREAM = 300_000;
const POLL = 500;
const BEATS = 20;

/** GET /status/{id}. */
export async function status(call: Call): Promise<Response> {
  return Response.json(shown(await find(call)));
}

async function find(call: Call): Promise<FullInstance> {
  const instance = await call.ledger.find(call.parameter('id'));
  if (instance === null || !isAllowed(call, instance)) {
    throw ApiError.notFound('there is no such instance');
  }
  return instance;
}

function isAllowed(call: Call, { bucketKey, request }: Instance): boolean {
  return call.access.allows(bucketKey) && namedIn(request).every((key) => call.access.allows(key));
}

/** The fields in the order of openapi.yaml. */
function shown(instance: FullInstance): Omit<FullInstance, 'datasetId'> & { datasetId: string | null } {
  const { id, datasetId, bucketKey, status, error, output, progress, steps, request, callbacks, ...times } = instance;
  return { id, datasetId: datasetId || null, bucketKey, status, error, output, progress, steps, request, callbacks, ...times };
}

/** GET /instances. */
export async function list(call: Call): Promise<Response> {
  const query = call.query('status', 'datasetId', 'before', 'beforeId', 'limit');
  if (query.status !== undefined && !STATUSES.includes(query.status as Status)) {
    throw new ApiError(400, 'InvalidQuery', 'is no status of instances', { field: 'status' });
  }
  const limit = call.number('limit', LISTED, MOST_LISTED);
  const { instances, counts } = await call.ledger.list({
    status: query.status as Status | undefined ?? null,
    datasetId: query.datasetId ?? null,
    before: beforeOf(query.before),
    beforeId: query.beforeId ?? null,
    limit,
  });
  const last = instances.length === limit ? instances.at(-1) : undefined;
  return Response.json({
    instances: instances.filter((instance) => isAllowed(call, instance)).map(brief),
    before: last?.createdAt ?? null,
    beforeId: last?.id ?? null,
    counts: call.access.isLimited ? {} : counts,
  });
}

function beforeOf(text: string | undefined): number | null {
  if (text === undefined) {
    return null;
  }
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new ApiError(400, 'InvalidQuery', 'must be a time like 2026-01-31T12:00:00Z', { field: 'before' });
  }
  return time;
}

/** One of a list: without its steps, and without what is large. */
function brief(instance: Instance): Record<string, unknown> {
  const { id, datasetId, bucketKey, status, createdAt, updatedAt, endedAt, progress, error, output } = instance;
  const summary = Object.fromEntries(SUMMARY.filter((field) => output?.[field] !== undefined)
    .map((field) => [field, output![field]]));
  return {
    id, datasetId: datasetId || null, bucketKey, status, createdAt, updatedAt, endedAt, progress, error,
    ...(output === null ? {} : { summary }),
  };
}

/** POST /instances/{id}/pause and the like. */
export async function control(call: Call, act: (id: string) => Promise<Control>): Promise<Response> {
  const instance = await find(call);
  const control = await act(instance.id);
  switch (control.kind) {
    case 'missing':
      throw ApiError.notFound('there is no such instance');
    case 'full':
      throw new ApiError(503, 'Busy', control.reason, { remedy: 'try again later' });
    case 'refused':
      throw new ApiError(409, 'Conflict', control.reason);
    default:
      return status(call);
  }
}

/** POST /instances/{id}/restart: the dataset of an instance without a key may have come by now. */
export async function restart(call: Call): Promise<Response> {
  const instance = await find(call);
  const key = instance.bucketKey ?? (await catalogOf(call.env).find(instance.datasetId))?.key ?? null;
  if (key !== null) {
    requireKey(key);
  }
  return control(call, async (id) => await call.ledger.restart(id, key));
}

/** GET /instances/{id}/events: the instance as server-sent events, whenever it has changed, until it ends. */
export async function events(call: Call): Promise<Response> {
  if (call.request.method === 'HEAD') {
    throw new ApiError(405, 'MethodNotAllowed', 'this takes GET', { allowed: ['GET'] });
  }
  const { id } = await find(call);
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  void stream(call, id, writable).catch(() => undefined);
  return new Response(readable, { headers: { 'Content-Type': 'text/event-stream' } });
}

async function stream(call: Call, id: string, writable: WritableStream<Uint8Array>): Promise<void> {
  const writer = writable.getWriter();
  const write = (text: string) => writer.write(new TextEncoder().encode(text));
  const end = Date.now() + STREAM;
  let last = '';
  for (let quiet = 1; Date.now() < end; quiet++) {
    const instance = await call.ledger.find(id);
    if (instance === null) {
      break;
    }
    const now = event(instance);
    if (now !== last) {
      await write(`event: status\ndata: ${now}\n\n`);
      last = now;
      quiet = 0;
    } else if (quiet % BEATS === 0) {
      await write(': still here\n\n');
    }
    if (hasEnded(instance.status)) {
      break;
    }
    await scheduler.wait(POLL);
  }
  await writer.close();
}

/** Without the moment of the last sign of life, which would make every event a new one. */
function event(instance: FullInstance): string {
  const { updatedAt, ...rest } = shown(instance);
  return JSON.stringify(hasEnded(instance.status) ? { ...rest, updatedAt } : rest);
}
