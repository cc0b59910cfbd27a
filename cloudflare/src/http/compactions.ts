import { catalogOf } from '../catalog/connect.ts';
import { plan as planned } from '../engine/compaction.ts';
import { hasOutside } from '../engine/outside.ts';
import type { Env } from '../env.ts';
import { hasFolders } from '../folder/bucket-name.ts';
import type { Json, Submission } from '../instance/types.ts';
import { isKept, keepPlan } from '../plans/kept.ts';
import { planReport } from '../report/report.ts';
import { shapeOf } from '../report/shape.ts';
import { readCompactionRequest, type CompactionRequest } from '../request/compaction.ts';
import { ApiError, InvalidField } from '../request/errors.ts';
import { requireKey } from '../request/keys.ts';
import { asksForMerge, readMergeRequest, type MergeRequest } from '../request/merge.ts';
import { engineSettings, type Terms } from '../terms/compaction.ts';
import { namedIn } from '../terms/merge.ts';
import { isTable } from '../terms/table-names.ts';
import type { Call } from './call.ts';
import { asksForTable, planTable, submitTable } from './tables.ts';

/** A merge may name a thousand keys. */
const MOST_BODY_BYTES = 2 << 20;

/** POST /compact. */
export async function compact(call: Call): Promise<Response> {
  const body = await call.body(MOST_BODY_BYTES);
  if (asksForTable(body)) {
    return queued(await submitTable(call, body));
  }
  if (asksForMerge(body)) {
    return queued(await submitMerge(call, await readMergeRequest(body, call.settings, hasFolders(call.env))));
  }
  const wanted = await readCompactionRequest(body, call.settings);
  await requireTerms(call.env, wanted.terms);
  return queued(await submit(call, wanted));
}

function queued(submission: Submission): Response {
  if (submission.kind === 'taken') {
    throw new ApiError(409, 'Conflict', 'an instance of this id exists');
  }
  if (submission.kind === 'differs') {
    throw new ApiError(409, 'Conflict',
      `instance ${submission.id} is queued for the same object and does something else; try again when it has begun`);
  }
  if (submission.kind === 'full') {
    throw new ApiError(503, 'Busy', `${submission.most} instances are queued already`, { remedy: 'try again later' });
  }
  const { id, isNew } = submission;
  return Response.json({ id, status: 'queued', isNew }, { status: 202, headers: { Location: `/status/${id}` } });
}

async function submitMerge(call: Call, { terms, instanceId, callbackUrl }: MergeRequest): Promise<Submission> {
  const request = terms as unknown as Json;
  [terms.target, ...namedIn(request)].forEach((key) => call.access.require(key));
  return await call.ledger.create({ id: instanceId, datasetId: '', key: terms.target, request, callbackUrl });
}

/** @throws ApiError unless the engine is set up, and the plan is kept, that a request names */
async function requireTerms(env: Env, { engine, planHash }: Terms): Promise<void> {
  if (engine === 'container' && !hasOutside(env)) {
    throw ApiError.notSupported('the engine container');
  }
  if (planHash !== undefined && !await isKept(env, planHash)) {
    throw new InvalidField('planHash', 'stands for no plan that is kept; POST /plan makes one');
  }
}

/** The catalog's key counts; one that the request names must be the same. */
async function submit(call: Call, wanted: CompactionRequest): Promise<Submission> {
  const dataset = await catalogOf(call.env).find(wanted.datasetId);
  if (call.access.isLimited) {
    call.access.require(wanted.key ?? dataset?.key ?? null);
  }
  const known = dataset?.key ?? null;
  if (known !== null && wanted.key !== null && wanted.key !== known) {
    throw new ApiError(409, 'Conflict', 'the catalog has another key for this dataset; leave bucketKey out');
  }
  const key = known ?? wanted.key;
  if (key === null && dataset !== null) {
    throw new InvalidField('bucketKey', 'is required: the catalog does not hold keys');
  }
  if (known !== null && isTable(known)) {
    return await submitTable(call, {
      table: known,
      datasetId: wanted.datasetId,
      force: wanted.terms.force,
      options: wanted.terms.options,
      ...(wanted.instanceId === null ? {} : { instanceId: wanted.instanceId }),
      ...(wanted.callbackUrl === null ? {} : { callbackUrl: wanted.callbackUrl }),
    });
  }
  if (key !== null) {
    requireKey(key);
  }
  return await call.ledger.create({
    id: wanted.instanceId, datasetId: wanted.datasetId, key, request: { ...wanted.terms },
    callbackUrl: wanted.callbackUrl,
  });
}

/** POST /plan: the plan is kept, so that POST /compact can name it. */
export async function plan(call: Call): Promise<Response> {
  const body = await call.body();
  if (asksForTable(body)) {
    return planTable(call, body);
  }
  const named = typeof body === 'object' && body !== null ? body as Record<string, unknown> : {};
  if (typeof body === 'object' && body !== null && !Array.isArray(body) && named.datasetId == null && named.bucketKey == null) {
    throw new InvalidField('bucketKey', 'is required, or datasetId');
  }
  const wanted = await readCompactionRequest(
    named.datasetId == null && !Array.isArray(body) && typeof body === 'object' ? { ...named, datasetId: '-' } : body,
    call.settings);
  if (wanted.terms.planHash !== undefined) {
    throw new InvalidField('planHash', 'is for POST /compact');
  }
  await requireTerms(call.env, wanted.terms);
  const catalog = catalogOf(call.env);
  const key = wanted.key ?? (await catalog.find(wanted.datasetId))?.key ?? null;
  if (key === null) {
    throw ApiError.notFound('there is no such dataset, or its key is unknown');
  }
  call.access.require(key);
  if (isTable(key)) {
    return planTable(call, { table: key });
  }
  requireKey(key);
  const head = await call.env.BUCKET.head(key);
  if (head === null) {
    throw new ApiError(404, 'StorageFailed', `${key}: there is no such object`, { remedy: 'check the key' });
  }
  const answer = await planned(call.env.BUCKET, head, engineSettings(wanted.terms.options));
  const report = await planReport(shapeOf(answer.shape), answer.plan);
  await keepPlan(call.env, answer.plan, report.planHash, head.etag);
  const datasets = await catalog.withKeys([key]);
  const datasetId = datasets.map((dataset) => dataset.id).sort()[0] ?? null;
  return Response.json({ ...report, bucketKey: key, datasetId });
}
