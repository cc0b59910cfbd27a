import type { Prices } from '../settings.ts';
import { expectedPicture, madePicture, pictureOf, type Piece } from './picture.ts';
import { groupsOf, isEmpty, planHash, planOf, totalsOf, type PlanTotals } from './plan.ts';
import { readsOf, savedBy, type Reads, type Saved } from './reads.ts';
import { fragmentsOf, type Shape } from './shape.ts';

export interface Facts {
  readonly bytes: number;
  readonly rows: number;
  readonly rowGroups: number;
  readonly fragments: number;
}

/** An object as it is. */
export interface LookReport {
  readonly before: Facts;
  readonly picture: { readonly before: Piece[] };
  readonly reads: { readonly before: Reads };
}

/** What a compaction will do, as POST /plan and GET /status show it. */
export interface PlanReport {
  readonly before: Facts;
  readonly picture: { readonly before: Piece[]; readonly after: Piece[] };
  readonly reads: { readonly before: Reads; readonly after?: Reads };
  readonly planHash: string;
  readonly nothingToDo: boolean;
  readonly plan: PlanTotals;
}

/** The same with what came out. */
export interface ResultReport extends PlanReport {
  readonly after: Facts;
  readonly saved: Saved;
}

export function lookReport(shape: Shape): LookReport {
  return { before: factsOf(shape), picture: { before: pictureOf(shape) }, reads: { before: readsOf(shape) } };
}

export async function planReport(shape: Shape, planJson: string): Promise<PlanReport> {
  const plan = planOf(planJson);
  const look = lookReport(shape);
  return {
    ...look,
    picture: { ...look.picture, after: expectedPicture(groupsOf(plan), shape) },
    planHash: await planHash(planJson),
    nothingToDo: isEmpty(plan),
    plan: totalsOf(plan),
  };
}

export function resultReport(planned: PlanReport, before: Shape, after: Shape, prices: Prices): ResultReport {
  return {
    ...planned,
    after: factsOf(after),
    picture: { before: planned.picture.before, after: madePicture(planned.picture.after, after) },
    reads: { before: planned.reads.before, after: readsOf(after) },
    saved: savedBy(prices, before, after),
  };
}

function factsOf(shape: Shape): Facts {
  return {
    bytes: shape.bytes,
    rows: shape.rows,
    rowGroups: shape.rowGroupSizes.length,
    fragments: fragmentsOf(shape),
  };
}
