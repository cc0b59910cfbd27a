import { askOutside, bodyOf, hasOutside, isRecord } from '../engine/outside.ts';
import type { Env } from '../env.ts';
import { StepFailed } from '../failure.ts';
import { hasEnded, type Json, type Status } from '../instance/types.ts';
import type { TableTerms } from '../terms/table.ts';

/** Between two questions how far it is, in milliseconds; fewer questions the longer it takes. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 10_000;
/** Longer than a container takes to start. */
const MOST_SILENT = 120_000;
/** How long the Worker keeps the container's answer about its capabilities. */
const BELIEVED = 60_000;
const MOST_WAIT = 10_000;

type Body = { [name: string]: Json };

let told: { url: string; has: boolean; until: number } | undefined;

/** Whether there is a container, and it serves tables. */
export async function hasTables(env: Env): Promise<boolean> {
  if (!hasOutside(env)) {
    return false;
  }
  const url = env.GLULAM_CONTAINER_URL!;
  if (told === undefined || told.url !== url || Date.now() > told.until) {
    const answer = await askOutside(env, 'GET', '/capabilities', null, AbortSignal.timeout(MOST_WAIT)).catch(() => null);
    const has = answer?.status === 200 && (await bodyOf(answer)).tables === true;
    told = { url, has, until: Date.now() + (has ? BELIEVED : 0) };
  }
  return told.has;
}

/** What came of a table's compaction: the container's report, and what it has planned. */
export interface TableCompacted {
  readonly output: Body;
  readonly outputsLeftByCeiling: number;
  /** Of the files that were selected, before the compaction. */
  readonly selectedBytes: number;
}

/** What the container is asked for; the id is the same for every attempt: what is under way is not begun twice. */
export function wishOf({ force: _, ...terms }: TableTerms, id: string): Body {
  return { ...terms, instanceId: id } as Body;
}

/**
 * Has a table compacted by `glulam serve`, which commits to it, and waits for the end.
 *
 * @param id of the instance there
 * @throws StepFailed for a refusal or a failure
 */
export async function compactTable(env: Env, terms: TableTerms, id: string, progress: (told: Json) => void): Promise<TableCompacted> {
  let heard = Date.now();
  let known: string | null = null;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
    const asked: Promise<Response> = known === null
      ? askOutside(env, 'POST', '/compact', wishOf(terms, id)) : askOutside(env, 'GET', `/status/${known}`, null);
    const answer = await asked.catch((failure: unknown) => failure as Error);
    if (!(answer instanceof Error) && answer.status !== 502 && answer.status !== 503) {
      heard = Date.now();
      const body = await bodyOf(answer);
      if (known === null) {
        known = idIn(answer.status, body, id);
        continue;
      }
      if (answer.status === 404) {
        known = null; // A container's disk goes with it.
      } else if (answer.status !== 200) {
        throw failureOf(answer.status, body);
      } else if (hasEnded(body.status as Status)) {
        return compactedOf(body);
      } else {
        progress(body.progress ?? null);
      }
    } else if (Date.now() - heard > MOST_SILENT) {
      throw new StepFailed('EngineFailed', 'the container does not answer', 'look at its log; GLULAM_CONTAINER_URL tells where it is',
        { retryable: true });
    }
    await scheduler.wait(pause);
  }
}

/** The instance that does it: ours, or one that was queued for the same table. */
function idIn(status: number, body: Body, id: string): string {
  const error = isRecord(body.error) ? body.error : {};
  if (status === 202 && typeof body.id === 'string') {
    return body.id;
  }
  if (status === 409 && error.message === 'an instance of this id exists') {
    return id;
  }
  throw failureOf(status, body);
}

function compactedOf({ status, output, error, steps }: Body): TableCompacted {
  if (status !== 'complete' || !isRecord(output)) {
    throw failureOf(422, { error: error ?? { name: 'EngineFailed', message: `its instance is ${String(status)}`, remedy: null } });
  }
  const planned = (Array.isArray(steps) ? steps : []).find((step) => isRecord(step) && step.name === 'get-file-metadata');
  const plan = isRecord(planned) && isRecord(planned.output) ? planned.output : {};
  const before = isRecord(plan.before) ? plan.before : {};
  return {
    output,
    outputsLeftByCeiling: Number(plan.outputsLeftByCeiling ?? 0),
    selectedBytes: Number(before.bytes ?? 0),
  };
}

function failureOf(status: number, { error }: Body): StepFailed {
  const { name, message, remedy } = isRecord(error) ? error : {};
  return new StepFailed(
    typeof name === 'string' ? name : 'EngineFailed',
    typeof message === 'string' ? message : `the container answers ${status}`,
    typeof remedy === 'string' ? remedy : 'look at its log',
    { refusal: status === 400 || status === 422 });
}
