/** Of a plan's JSON, what reports need (PlanJson.java writes it). */
interface Plan {
  /** Row groups without rows, which are left out. */
  readonly dropped: readonly unknown[];
  readonly groups: readonly Group[];
}

interface Group {
  readonly keep?: number;
  readonly bytes: number;
  readonly columns?: readonly Column[];
}

interface Column {
  readonly moved: number;
  readonly remapped: number;
  readonly coalesced: number;
  readonly recoded: number;
  readonly expected: number;
}

/** A row group of the output as it is planned. */
export interface PlannedGroup {
  readonly merged: boolean;
  readonly sourceBytes: number;
  readonly expectedBytes: number;
}

/** Sums over a plan: bytes are compressed ones of row groups. */
export interface PlanTotals {
  readonly rowGroups: number;
  readonly expectedBytes: number;
  readonly bytesKept: number;
  readonly bytesMoved: number;
  readonly bytesRemapped: number;
  readonly bytesCoalesced: number;
  readonly bytesRecoded: number;
}

export function planOf(json: string): Plan {
  return JSON.parse(json) as Plan;
}

/** Whether carrying it out would change nothing. */
export function isEmpty(plan: Plan): boolean {
  return plan.dropped.length === 0 && plan.groups.every((group) => group.keep !== undefined);
}

export function groupsOf(plan: Plan): PlannedGroup[] {
  return plan.groups.map((group) => ({
    merged: group.keep === undefined,
    sourceBytes: group.bytes,
    expectedBytes: group.keep === undefined ? sum(group.columns ?? [], 'expected') : group.bytes,
  }));
}

export function totalsOf(plan: Plan): PlanTotals {
  const groups = groupsOf(plan);
  const columns = plan.groups.flatMap((group) => group.columns ?? []);
  return {
    rowGroups: groups.length,
    expectedBytes: groups.reduce((total, group) => total + group.expectedBytes, 0),
    bytesKept: groups.reduce((total, group) => total + (group.merged ? 0 : group.sourceBytes), 0),
    bytesMoved: sum(columns, 'moved'),
    bytesRemapped: sum(columns, 'remapped'),
    bytesCoalesced: sum(columns, 'coalesced'),
    bytesRecoded: sum(columns, 'recoded'),
  };
}

/** What identifies a plan: the SHA-256 of its one JSON form, in hexadecimal digits. */
export async function planHash(json: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(json));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function sum(columns: readonly Column[], field: keyof Column): number {
  return columns.reduce((total, column) => total + column[field], 0);
}
