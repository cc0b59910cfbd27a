import type { Env } from '../env.ts';
import { StepFailed } from '../failure.ts';
import type { Json } from '../instance/types.ts';
import type { Terms } from '../terms/compaction.ts';

/** Between two questions how far it is, in milliseconds; fewer questions the longer it takes. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 10_000;
/** Longer than a container takes to start. */
const MOST_SILENT = 120_000;

/** What `glulam serve` is asked for: step 3 alone, of one version of an object, into a temporary object. */
export interface Wish {
  /** The same for every attempt: what is under way is not begun twice. */
  readonly idempotencyKey: string;
  readonly bucketKey: string;
  readonly etag: string;
  readonly targetKey: string;
  readonly options: Terms['options'];
}

/** What it says in the end: the shape of an instance's output. */
export type Output = { readonly [name: string]: Json };

/** The object is not the version any more that was asked for. */
export class VersionGone extends Error {}

/**
 * Has an object compacted by `glulam serve`, which reads and writes the bucket itself, and waits for the end.
 *
 * @throws VersionGone if the object was replaced
 * @throws StepFailed for a refusal
 */
export async function compactOutside(env: Env, wish: Wish, progress: (told: Json) => void): Promise<Output> {
  let heard = Date.now();
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
    const answer = await askOutside(env, 'POST', '/compactions', wish).catch((failure: unknown) => failure as Error);
    if (!(answer instanceof Error) && answer.status !== 502 && answer.status !== 503) {
      heard = Date.now();
      const body = await bodyOf(answer);
      if (answer.status === 200 && isRecord(body.output)) {
        return body.output;
      }
      if (answer.status !== 202) {
        throw failureOf(answer.status, body);
      }
      progress(body.progress ?? null);
    } else if (Date.now() - heard > MOST_SILENT) {
      throw new StepFailed('EngineFailed', 'the engine in the container does not answer',
        'look at its log; GLULAM_CONTAINER_URL tells where it is', { retryable: true });
    }
    await scheduler.wait(pause);
  }
}

/** Whether an engine outside the isolate is set up. */
export function hasOutside({ GLULAM_CONTAINER_URL: url = '' }: Env): boolean {
  return url !== '';
}

/** Asks the container. @param body null for none */
export function askOutside(env: Env, method: string, path: string, body: object | null, signal?: AbortSignal): Promise<Response> {
  const token = env.GLULAM_CONTAINER_TOKEN;
  return fetch(new URL(path, env.GLULAM_CONTAINER_URL), {
    method,
    headers: {
      ...(body === null ? {} : { 'Content-Type': 'application/json' }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
    redirect: 'manual',
  });
}

/** An answer's body as a record; an empty one if it is none. */
export async function bodyOf(answer: Response): Promise<{ [name: string]: Json }> {
  try {
    const body: unknown = await answer.json();
    return isRecord(body) ? body : {};
  } catch {
    return {};
  }
}

function failureOf(status: number, body: { [name: string]: Json }): Error {
  const { name, message, remedy } = isRecord(body.error) ? body.error : {};
  if (status === 409 && name === 'SourceChanged') {
    return new VersionGone('the object has changed');
  }
  return new StepFailed(
    typeof name === 'string' ? name : 'EngineFailed',
    typeof message === 'string' ? message : `the engine in the container answers ${status}`,
    typeof remedy === 'string' ? remedy : 'look at its log',
    { refusal: status === 422 });
}

export function isRecord(value: unknown): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
