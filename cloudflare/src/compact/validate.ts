import { catalogOf } from '../catalog/connect.ts';
import { StepFailed } from '../failure.ts';
import { keyOf, type Context } from '../step/context.ts';

export interface Validated {
  datasetId: string;
  bucketKey: string;
  compactionNeeded: boolean;
  forced: boolean;
  version: string;
  skipped?: boolean;
  reason?: string;
}

/** Step 1: whether there is such a dataset, whether it has this object, and whether it needs a compaction. */
export async function validateDataset(context: Context): Promise<Validated> {
  const id = context.instance.datasetId;
  const dataset = await catalogOf(context.env).find(id);
  if (dataset === null) {
    throw new StepFailed('DatasetNotFound', `the catalog has no dataset ${id}`, 'check the id, or add the dataset');
  }
  const key = keyOf(context);
  if (dataset.key !== null && dataset.key !== key) {
    throw new StepFailed('KeyMismatch', `the catalog has another key for dataset ${id}`, 'leave bucketKey out');
  }
  const validated: Validated = {
    datasetId: id,
    bucketKey: key,
    compactionNeeded: dataset.compactionNeeded,
    forced: context.terms.force,
    version: dataset.version,
  };
  return dataset.compactionNeeded || context.terms.force ? validated : {
    ...validated,
    skipped: true,
    reason: 'the dataset is not flagged compaction_needed; send "force": true to compact it anyway',
  };
}
