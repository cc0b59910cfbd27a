import { catalogOf } from '../catalog/connect.ts';
import type { Updated } from '../compact/update.ts';
import { hasOutside } from '../engine/outside.ts';
import { StepFailed } from '../failure.ts';
import type { Json } from '../instance/types.ts';
import type { Context } from '../step/context.ts';
import type { TableTerms } from '../terms/table.ts';
import { compactTable, type TableCompacted } from './container.ts';

export interface ValidatedTable {
  table: string;
  datasetId?: string;
  compactionNeeded?: boolean;
  forced?: boolean;
  version?: string;
  skipped?: boolean;
  reason?: string;
}

/** Step 1 of a table: whether there is a container, and whether the table's dataset, if it has one, needs a compaction. */
export async function validateTable(context: Context, { table, force = false }: TableTerms): Promise<ValidatedTable> {
  if (!hasOutside(context.env)) {
    throw new StepFailed('TableNotServed', 'this server serves no tables', 'set GLULAM_CONTAINER_URL, then restart the instance');
  }
  const id = context.instance.datasetId;
  if (id === '') {
    return { table };
  }
  const dataset = await catalogOf(context.env).find(id);
  if (dataset === null) {
    throw new StepFailed('DatasetNotFound', `the catalog has no dataset ${id}`, 'check the id, or add the dataset');
  }
  if (dataset.key !== null && dataset.key !== table) {
    throw new StepFailed('KeyMismatch', `the catalog has another key for dataset ${id}`, 'leave table out');
  }
  const { compactionNeeded, version } = dataset;
  return {
    table, datasetId: id, compactionNeeded, forced: force, version,
    ...(compactionNeeded || force ? {} : {
      skipped: true,
      reason: 'the dataset is not flagged compaction_needed; send "force": true to compact it anyway',
    }),
  };
}

/** Steps 2 to 4 of a table: the container plans, writes and commits. */
export async function compactInContainer(context: Context, terms: TableTerms): Promise<TableCompacted> {
  return compactTable(context.env, terms, context.workflow, (told) => {
    if (told !== null) {
      const progress = { step: 'analyze-and-compact', phase: 'plan', done: 0, total: 0, ...(told as object) };
      context.ledger.progress(context.run, progress).catch(() => undefined);
    }
  });
}

/**
 * Step 5 of a table: writes time and size into its dataset's row, if it has one. The flag is cleared only if the row is what
 * step 1 has read, and the whole table was compacted.
 */
export async function updateTable(
  context: Context, { where }: TableTerms, { version }: ValidatedTable, { output, outputsLeftByCeiling, selectedBytes }: TableCompacted,
): Promise<Updated | Record<string, never>> {
  const id = context.instance.datasetId;
  if (id === '') {
    return {};
  }
  const catalog = catalogOf(context.env);
  const kept = where !== undefined ? 'only a part of the table was asked for' : outputsLeftByCeiling > 0 ? 'a ceiling was reached' : null;
  const lastCompactedAt = output.published === true ? String(output.publishedAt) : null;
  const selected = selectedBytes + bytesIn(output.after) - bytesIn(output.before);
  // What a filter leaves out is not known.
  const fileSizeBytes = where === undefined ? selected : (await catalog.find(id))?.fileSizeBytes ?? selected;
  const result = await catalog.update(id, { lastCompactedAt, fileSizeBytes, clearFlagIf: kept === null ? version ?? null : null });
  if (result === 'missing') {
    throw new StepFailed('DatasetNotFound', `dataset ${id} was removed from the catalog meanwhile`, 'add it again');
  }
  return {
    flagKept: result === 'flag-kept',
    ...(result === 'flag-kept' ? { reason: kept ?? "the dataset's row has changed meanwhile" } : {}),
    fileSizeBytes,
    lastCompactedAt,
  };
}

function bytesIn(sums: Json | undefined): number {
  return typeof sums === 'object' && sums !== null && !Array.isArray(sums) ? Number(sums.bytes ?? 0) : 0;
}
