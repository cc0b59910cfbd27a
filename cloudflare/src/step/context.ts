import type { Env } from '../env.ts';
import { StepFailed } from '../failure.ts';
import type { LedgerClient } from '../instance/ledger.ts';
import type { Instance, Run } from '../instance/types.ts';
import type { Terms } from '../terms/compaction.ts';
import type { PutLimits } from './parts.ts';

/** What a step knows. */
export interface Context {
  readonly env: Env;
  readonly ledger: LedgerClient;
  readonly run: Run;
  /** The Workflow's id. */
  readonly workflow: string;
  readonly instance: Instance;
  readonly terms: Terms;
  readonly limits: PutLimits;
}

/** The object's key. */
export function keyOf(context: Context): string {
  const key = context.instance.bucketKey;
  if (key === null) {
    throw new StepFailed('KeyMissing', 'neither the request nor the catalog has named a key',
      'restart the instance if the catalog knows it by now, or ask again with bucketKey');
  }
  return key;
}
