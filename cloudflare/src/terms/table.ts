import type { Json } from '../instance/types.ts';

/** What a compaction of a table asks for: what the ledger keeps of a request. The container checks what is not named here. */
export interface TableTerms {
  readonly table: string;
  readonly force?: boolean;
  /** A filter on partitions. */
  readonly where?: string;
  readonly [field: string]: Json | undefined;
}

/** Null for an instance that is no table's. */
export function tableTerms(request: Json): TableTerms | null {
  return typeof request === 'object' && request !== null && !Array.isArray(request) && typeof request.table === 'string'
    ? request as unknown as TableTerms : null;
}
