import { catalogOf } from '../catalog/connect.ts';
import { StepFailed } from '../failure.ts';
import type { MergeInput } from '../folder/input.ts';
import type { Context } from '../step/context.ts';
import { isIntoFolder, type MergeTerms } from '../terms/merge.ts';
import { findNamed, findUnder, type Found } from './find.ts';

/** What a step may hand on is 1 MiB. */
const MOST_BYTES = 900_000;
/** Each takes two requests or more of the 10,000 that an invocation has. */
const MOST_INPUTS = 2000;

export interface Pinned {
  objects: number;
  /** Of all objects. */
  size: number;
  passedOver?: Record<string, number>;
  passedOverKeys?: string[];
  inputs: MergeInput[];
  /** The datasets whose objects they are. */
  datasets: { datasetId: string; bucketKey: string; version: string }[];
}

/**
 * Step 2 of a merge: size and version of every object, by listings and requests for metadata only, and the datasets whose
 * objects they are. Objects that a dataset has moved away from are not taken: their rows are in the new object, too.
 */
export async function pinInputs(context: Context, terms: MergeTerms): Promise<Pinned> {
  const { prefix, bucketKeys = [] } = terms;
  const found = prefix === undefined ? await named(context, bucketKeys) : await under(context, prefix, terms);
  const { inputs } = found;
  if (inputs.length > MOST_INPUTS) {
    throw tooMany(inputs.length);
  }
  if (!isIntoFolder(terms)) {
    requireOneGroup(inputs);
  }
  const datasets = await catalogOf(context.env).withKeys(inputs.map((input) => input.bucketKey));
  const pinned = {
    objects: inputs.length,
    size: inputs.reduce((sum, input) => sum + input.size, 0),
    ...found,
    datasets: datasets.map(({ id, key, version }) => ({ datasetId: id, bucketKey: key!, version })),
  };
  if (JSON.stringify(pinned).length > MOST_BYTES) {
    throw tooMany(inputs.length);
  }
  return pinned;
}

function tooMany(count: number): StepFailed {
  return new StepFailed('TooManyInputs', `${count} objects are more than a Worker merges at once`,
    'merge a part of them at a time, or merge them with glulam serve');
}

async function named(context: Context, keys: readonly string[]): Promise<{ inputs: MergeInput[] }> {
  for (const key of keys) {
    if (await context.ledger.isLeftover(key)) {
      throw new StepFailed('ObjectReplaced', `the object ${key} is to be deleted: another one has its rows`, 'leave it out');
    }
  }
  return { inputs: await findNamed(context.env.BUCKET, keys) };
}

async function under(context: Context, prefix: string, terms: MergeTerms): Promise<Found> {
  const found = await findUnder(context.env.BUCKET, prefix, terms);
  if (found.inputs.length > MOST_INPUTS) {
    throw tooMany(found.inputs.length);
  }
  const inputs: MergeInput[] = [];
  for (const input of found.inputs) {
    if (!await context.ledger.isLeftover(input.bucketKey)) {
      inputs.push(input);
    }
  }
  const replaced = found.inputs.length - inputs.length;
  return { ...found, inputs, passedOver: { ...found.passedOver, ...(replaced > 0 ? { REPLACED: replaced } : {}) } };
}

/** Objects of several folders or partitions stay apart. */
function requireOneGroup(inputs: readonly MergeInput[]): void {
  const other = inputs.find((input) => input.group !== inputs[0]!.group);
  if (other !== undefined) {
    throw new StepFailed('SeveralFolders',
      `the objects lie in several folders (${inputs[0]!.group || 'none'}, ${other.group || 'none'}), which stay apart`,
      'merge those of each folder into a target of their own');
  }
}
