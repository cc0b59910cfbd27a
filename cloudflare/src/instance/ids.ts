import type { Run } from './types.ts';

/** The longest id that Workflows take. */
const MOST_CHARACTERS = 100;

/** The id of the Workflow that carries a run on: each time that an instance is taken up it is another one. */
export async function workflowId(run: Run): Promise<string> {
  const id = `${run.id}_${run.epoch}`;
  if (id.length <= MOST_CHARACTERS) {
    return id;
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(run.id)));
  return `${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}_${run.epoch}`;
}

/** Keys of temporary objects begin so; nothing else may. */
export const RESERVED_PREFIX = '.glulam/';

/** Under which a run's temporary objects lie. */
export function temporaryPrefix(workflow: string): string {
  return `${RESERVED_PREFIX}tmp/${workflow}/`;
}
