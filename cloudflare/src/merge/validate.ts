import { StepFailed } from '../failure.ts';
import { keyOf, type Context } from '../step/context.ts';
import { isIntoFolder, type MergeTerms } from '../terms/merge.ts';

/** Step 1 of a merge: whether its new object would replace another one. */
export async function validateMerge(context: Context, terms: MergeTerms): Promise<{ target: string }> {
  const target = keyOf(context);
  if (!isIntoFolder(terms) && await context.env.BUCKET.head(target) !== null) {
    throw targetExists(target);
  }
  return { target };
}

export function targetExists(target: string): StepFailed {
  return new StepFailed('TargetExists', `there is an object ${target} already`, 'ask for a merge into another target');
}
