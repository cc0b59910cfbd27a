import { MOST_ID_CHARACTERS } from '../catalog/catalog.ts';
import { catalogOf } from '../catalog/connect.ts';
import { askOutside, bodyOf, isRecord } from '../engine/outside.ts';
import { workflowId } from '../instance/ids.ts';
import type { Json, Submission } from '../instance/types.ts';
import { callbackOf, instanceIdOf } from '../request/compaction.ts';
import { ApiError } from '../request/errors.ts';
import { Fields } from '../request/fields.ts';
import { hasTables, wishOf } from '../tables/container.ts';
import type { TableTerms } from '../terms/table.ts';
import type { Call } from './call.ts';

const MOST_NAME_CHARACTERS = 1000;
const FIELDS = ['datasetId', 'table', 'instanceId', 'force', 'options', 'where', 'tableOptions', 'maxBytes', 'maxDollars', 'callbackUrl'];

type Body = { [name: string]: Json };

/** Whether a body asks for a table. */
export function asksForTable(body: unknown): body is Body {
  return isRecord(body) && 'table' in body;
}

/** @throws ApiError unless a container serves tables */
export async function requireTables({ env }: Call): Promise<void> {
  if (!await hasTables(env)) {
    throw ApiError.notSupported('tables');
  }
}

/**
 * Queues an instance for a table, whose commits the container makes. The container begins and checks what was asked for
 * at once, so that its refusals are answered here; the instance's Workflow then waits for it.
 */
export async function submitTable(call: Call, body: Body): Promise<Submission> {
  await requireTables(call);
  const fields = Fields.of(body, FIELDS);
  const table = fields.requireText('table', MOST_NAME_CHARACTERS);
  call.access.require(table);
  const datasetId = fields.text('datasetId', MOST_ID_CHARACTERS) ?? '';
  const force = fields.flag('force', false);
  const id = instanceIdOf(fields) ?? crypto.randomUUID();
  const callbackUrl = callbackOf(fields, call.settings);
  const { datasetId: _, instanceId: __, callbackUrl: ___, ...terms } = body;
  const dataset = datasetId === '' ? null : await catalogOf(call.env).find(datasetId);
  if (datasetId === '' || force || dataset?.compactionNeeded === true && dataset.key === table) {
    const wish = wishOf(terms as TableTerms, await workflowId({ id, epoch: 1 }));
    const answer = await ask(call, '/compact', wish);
    if (answer.status !== 202 && answer.status !== 409) {
      throw await refusalOf(answer);
    }
    await answer.body?.cancel();
  }
  return await call.ledger.create({ id, datasetId, key: table, request: terms, callbackUrl });
}

/** POST /plan with `table`: the container plans. */
export async function planTable(call: Call, body: Body): Promise<Response> {
  await requireTables(call);
  call.access.require(String(body.table));
  const answer = await ask(call, '/plan', body);
  if (answer.status !== 200) {
    throw await refusalOf(answer);
  }
  const datasets = await catalogOf(call.env).withKeys([String(body.table)]);
  return Response.json({ ...await bodyOf(answer), datasetId: datasets.map(({ id }) => id).sort()[0] ?? null });
}

/** Checks the name of a dataset's table: the container, which may have the same catalog, adds the dataset there. */
export async function requireTable(call: Call, id: string, table: string): Promise<void> {
  await requireTables(call);
  call.access.require(table);
  const answer = await ask(call, '/datasets', { id, table });
  if (answer.status !== 201 && answer.status !== 409) {
    throw await refusalOf(answer);
  }
  await answer.body?.cancel();
}

/** @throws ApiError if the container does not answer: it may do what it was asked for */
async function ask({ env }: Call, path: string, body: object): Promise<Response> {
  try {
    return await askOutside(env, 'POST', path, body);
  } catch (failure) {
    console.warn(`the container does not answer: ${failure}`);
    throw new ApiError(502, 'EngineFailed', 'the container does not answer', { remedy: 'ask again; GLULAM_CONTAINER_URL tells where it is' });
  }
}

async function refusalOf(answer: Response): Promise<ApiError> {
  const { error } = await bodyOf(answer);
  const { name, message, field, remedy } = isRecord(error) ? error : {};
  const text = (value: Json | undefined, otherwise: string) => (typeof value === 'string' ? value : otherwise);
  // The container's own secret is not the sender's business.
  const status = [400, 404, 409, 422].includes(answer.status) ? answer.status : 502;
  return new ApiError(status, status === 502 ? 'EngineFailed' : text(name, 'EngineFailed'),
    status === 502 ? `the container answers ${answer.status}` : text(message, `the container answers ${answer.status}`), {
      ...(typeof field === 'string' ? { field } : {}),
      ...(typeof remedy === 'string' ? { remedy } : {}),
    });
}
