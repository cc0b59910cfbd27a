import { MOST_ID_CHARACTERS } from '../catalog/catalog.ts';
import { catalogOf } from '../catalog/connect.ts';
import { namesOf } from '../catalog/names.ts';
import type { Env } from '../env.ts';
import { usualTerms } from '../request/compaction.ts';
import { ApiError, InvalidField } from '../request/errors.ts';
import { hasControls } from '../request/fields.ts';
import { requireKey } from '../request/keys.ts';
import type { Call } from './call.ts';

/** A row and what it was before may be larger than our own requests. */
const MOST_BODY_BYTES = 1 << 20;

type Row = Readonly<Record<string, unknown>>;

/** The dataset to compact, or why nothing is asked for. */
type Wish = { readonly datasetId: string } | { readonly reason: string };

/** POST /hooks/supabase: a row has changed. Of the body only the id counts: key and flag are read from the catalog. */
export async function supabase(call: Call): Promise<Response> {
  const wish = readRow(await call.body(MOST_BODY_BYTES), call.env);
  if ('reason' in wish) {
    return ignored(wish.reason);
  }
  const dataset = await catalogOf(call.env).find(wish.datasetId);
  const key = dataset?.key ?? null;
  call.access.require(key);
  if (key === null) {
    return ignored('the catalog has no such dataset, or not its key');
  }
  requireKey(key);
  const submission = await call.ledger.create({
    id: null, datasetId: wish.datasetId, key, request: { ...usualTerms(call.settings) },
  });
  switch (submission.kind) {
    case 'accepted': {
      const { id, isNew } = submission;
      return Response.json({ action: isNew ? 'started' : 'joined', id, status: 'queued' },
        { status: 202, headers: { Location: `/status/${id}` } });
    }
    case 'taken':
      return ignored('an instance of this id exists');
    case 'differs':
      throw new ApiError(409, 'Conflict', `instance ${submission.id} is queued, which writes the object`,
        { remedy: 'try again when it has begun' });
    case 'full':
      throw new ApiError(503, 'Busy', `${submission.most} instances are queued already`, { remedy: 'try again later' });
  }
}

function ignored(reason: string): Response {
  return Response.json({ action: 'ignored', reason });
}

/** A row asks for a compaction if it is flagged and was not before, or is new. @throws InvalidField for what is no row */
function readRow(body: unknown, env: Env): Wish {
  if (!isRow(body)) {
    throw new InvalidField('', 'the body must be a JSON object');
  }
  const type = text(body, 'type');
  const names = namesOf(env);
  const schema = names.schema ?? 'public';
  if (text(body, 'table') !== names.table || typeof body.schema === 'string' && body.schema !== schema) {
    return { reason: `it is another table than ${schema}.${names.table}` };
  }
  if (type === 'DELETE') {
    return { reason: 'the row was deleted' };
  }
  if (type !== 'INSERT' && type !== 'UPDATE') {
    throw new InvalidField('type', 'must be INSERT, UPDATE or DELETE');
  }
  if (!isRow(body.record)) {
    throw new InvalidField('record', 'must be an object');
  }
  const { flag } = names;
  if (body.record[flag] !== true) {
    return { reason: 'the row is not flagged' };
  }
  if (type === 'UPDATE' && isRow(body.old_record) && body.old_record[flag] === true) {
    return { reason: 'the row was flagged before' };
  }
  return { datasetId: idOf(body.record, names.id) };
}

function idOf(row: Row, column: string): string {
  const field = `record.${column}`;
  const value = row[column];
  if (typeof value !== 'string' && !Number.isInteger(value)) {
    throw new InvalidField(field, 'must be text or a whole number');
  }
  const id = String(value);
  if (id === '' || id.length > MOST_ID_CHARACTERS) {
    throw new InvalidField(field, `has 1 to ${MOST_ID_CHARACTERS} characters`);
  }
  if (hasControls(id)) {
    throw new InvalidField(field, 'holds no control characters');
  }
  if (!id.isWellFormed()) {
    throw new InvalidField(field, 'is valid Unicode');
  }
  return id;
}

function text(row: Row, field: string): string {
  const value = row[field];
  if (typeof value !== 'string') {
    throw new InvalidField(field, 'must be text');
  }
  return value;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
