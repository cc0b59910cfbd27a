import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers';
import { analyzeAndCompact, type Analyzed } from '../compact/analyze.ts';
import { getFileMetadata } from '../compact/metadata.ts';
import { publish, type Published } from '../compact/publish.ts';
import { updateMetadata } from '../compact/update.ts';
import { validateDataset } from '../compact/validate.ts';
import type { Env } from '../env.ts';
import { workflowId } from '../instance/ids.ts';
import { ledgerOf } from '../instance/ledger.ts';
import type { Json, Run } from '../instance/types.ts';
import { mergeObjects } from '../merge/merge.ts';
import { pinInputs } from '../merge/pin.ts';
import { publishMerge } from '../merge/publish.ts';
import { updateDatasets } from '../merge/update.ts';
import { validateMerge } from '../merge/validate.ts';
import { settingsOf } from '../settings.ts';
import { cleanUp } from '../step/clean-up.ts';
import type { Context } from '../step/context.ts';
import { R2_LIMITS, type PutLimits } from '../step/parts.ts';
import { Steps } from '../step/steps.ts';
import { compactInContainer, updateTable, validateTable } from '../tables/steps.ts';
import type { Terms } from '../terms/compaction.ts';
import { mergeTerms, type MergeTerms } from '../terms/merge.ts';
import { tableTerms, type TableTerms } from '../terms/table.ts';

/** How often an object may change under our hands until we give up. */
const ROUNDS = 5;

/** What step 3 tells step 4 alone. */
const TEMPORARY = ['temporaryKey', 'temporaryEtag', 'temporarySize', 'made'];

/** The engine of Workflows ends a run so that is paused, and begins it again with the results of its steps when it goes on. */
function isPause(failure: unknown): boolean {
  return failure instanceof Error && failure.message.startsWith('Aborting engine: User called pause');
}

function reportOf(analyzed: object, published: object, updated: object): { [name: string]: Json } {
  const report: { [name: string]: unknown } = { ...analyzed };
  TEMPORARY.forEach((field) => delete report[field]);
  return { skipped: false, ...report, ...published, ...updated } as unknown as { [name: string]: Json };
}

/**
 * The steps of a compaction, from the dataset's row to the row. Each may run twice without harm. A Workflow is given its run; what
 * was asked for lies in the ledger.
 */
export class CompactionWorkflow extends WorkflowEntrypoint<Env, Run> {
  /** What one request puts. */
  protected readonly limits: PutLimits = R2_LIMITS;

  override async run(event: Readonly<WorkflowEvent<Run>>, step: WorkflowStep): Promise<Json> {
    const run = event.payload;
    const ledger = ledgerOf(this.env);
    const { policy } = settingsOf(this.env);
    const instance = await ledger.find(run.id);
    if (instance === null) {
      return null;
    }
    const context: Context = {
      env: this.env,
      ledger,
      run,
      workflow: await workflowId(run),
      instance,
      terms: instance.request as unknown as Terms,
      limits: this.limits,
    };
    const steps = new Steps(step, ledger, run, policy);
    try {
      const output = await this.#output(context, steps, step);
      await ledger.ends(run, 'complete', output, null);
      return output;
    } catch (failure) {
      if (!isPause(failure)) {
        await this.#fail(context, failure);
      }
      throw failure;
    }
  }

  #output(context: Context, steps: Steps, step: WorkflowStep): Promise<{ [name: string]: Json }> {
    const { request } = context.instance;
    const table = tableTerms(request);
    if (table !== null) {
      return this.#table(context, table, steps);
    }
    const merge = mergeTerms(request);
    return merge === null ? this.#compact(context, steps, step) : this.#merge(context, merge, steps);
  }

  async #table(context: Context, terms: TableTerms, steps: Steps): Promise<{ [name: string]: Json }> {
    const validated = await steps.run('validate-dataset', '2 minutes', () => validateTable(context, terms));
    if (validated.skipped === true) {
      return { skipped: true, reason: validated.reason! };
    }
    const compacted = await steps.run('analyze-and-compact', '120 minutes', () => compactInContainer(context, terms));
    const updated = await steps.run('update-metadata', '2 minutes', () => updateTable(context, terms, validated, compacted));
    return reportOf(compacted.output, {}, updated);
  }

  async #compact(context: Context, steps: Steps, step: WorkflowStep): Promise<{ [name: string]: Json }> {
    const validated = await steps.run('validate-dataset', '2 minutes', () => validateDataset(context));
    if (validated.skipped === true) {
      return { skipped: true, reason: validated.reason! };
    }
    const { analyzed, published } = await this.#settle(context, steps, step);
    const updated = await steps.run('update-metadata', '2 minutes',
      () => updateMetadata(context, validated, published));
    await steps.run('clean-up', '10 minutes', () => cleanUp(context));
    return reportOf(analyzed, published, updated);
  }

  async #merge(context: Context, terms: MergeTerms, steps: Steps): Promise<{ [name: string]: Json }> {
    await steps.run('validate-dataset', '2 minutes', () => validateMerge(context, terms));
    const pinned = await steps.run('get-file-metadata', '10 minutes', () => pinInputs(context, terms));
    const merged = await steps.run('analyze-and-compact', '30 minutes',
      (attempt) => mergeObjects(context, terms, pinned, `1-${attempt}`));
    const published = await steps.run('publish', '30 minutes', () => publishMerge(context, pinned, merged));
    const updated = await steps.run('update-metadata', '10 minutes', () => updateDatasets(context, pinned, merged, published));
    await steps.run('clean-up', '10 minutes', () => cleanUp(context));
    return reportOf(merged, published, updated);
  }

  /** Steps 2 to 4, again from the start where the object was replaced meanwhile. */
  async #settle(context: Context, steps: Steps, step: WorkflowStep): Promise<{ analyzed: Analyzed; published: Published }> {
    const { policy } = settingsOf(this.env);
    for (let round = 1; ; round++) {
      const last = round >= ROUNDS;
      const head = await steps.run('get-file-metadata', '2 minutes', () => getFileMetadata(context));
      const analyzed = await steps.run('analyze-and-compact', '30 minutes',
        (attempt) => analyzeAndCompact(context, head, `${round}-${attempt}`, last));
      if (!('changed' in analyzed)) {
        const published = analyzed.nothingToDo
          ? { published: false, bucketKey: head.bucketKey, version: head.etag, sourceVersion: head.etag, size: head.size }
          : await steps.run('publish', '30 minutes', () => publish(context, head, analyzed, last));
        if (!('changed' in published)) {
          return { analyzed, published };
        }
      }
      await step.sleep(`the object has changed ${round}`, Math.max(1, policy.delay));
    }
  }

  /** Tells the ledger, unless the run was lost, and leaves nothing behind. */
  async #fail(context: Context, failure: unknown): Promise<void> {
    await context.ledger.fails(context.run, failure instanceof Error ? failure.message : String(failure));
    await cleanUp(context).catch((problem: unknown) => console.warn(`nothing was cleaned up: ${problem}`));
  }
}
