/** A metric; names, labels, bounds and help are the service's (Metrics.java), where both mean the same. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  /** Of a histogram: the upper bounds of its buckets, without the infinite one. */
  readonly bounds?: readonly number[];
}

function counter(name: string, help: string, ...labels: string[]): Metric {
  return { name, help, kind: 'counter', labels };
}

function gauge(name: string, help: string, ...labels: string[]): Metric {
  return { name, help, kind: 'gauge', labels };
}

function histogram(name: string, help: string, labels: readonly string[], bounds: readonly number[]): Metric {
  return { name, help, kind: 'histogram', labels, bounds };
}

/** In the order of GET /metrics. No label holds a key or an id. */
export const METRICS = {
  bytesAfter: counter('glulam_bytes_after_total', 'Bytes of the same objects after.'),
  bytesBefore: counter('glulam_bytes_before_total', 'Bytes of objects before.'),
  bytesRead: counter('glulam_bytes_read_total', 'Bytes that were read of objects.'),
  instances: gauge('glulam_instances', 'Instances in the ledger, by status.', 'status'),
  instancesEnded: counter('glulam_instances_ended_total', 'Instances that have ended, by status.', 'status'),
  nothingToDo: counter('glulam_nothing_to_do_total', 'Objects that were left as they were.'),
  phaseSeconds: histogram('glulam_phase_cpu_seconds', 'Processor time of the phases of compactions.', ['phase'],
    [0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300]),
  published: counter('glulam_published_total', 'Objects that were published.'),
  readBytes: counter('glulam_read_bytes_total', 'Bytes of typical reads of the objects compacted, before and after.',
    'read', 'moment'),
  readRequests: counter('glulam_read_requests_total', 'Requests of typical reads of the objects compacted, before and after.',
    'read', 'moment'),
  groupsAfter: counter('glulam_row_groups_after_total', 'Row groups of the same after.'),
  groupsBefore: counter('glulam_row_groups_before_total', 'Row groups of objects before.'),
  saved: gauge('glulam_saved_dollars_per_month',
    'What the objects compacted since the start save a month, at the scans that are set.'),
  scanRatio: histogram('glulam_scan_requests_ratio', 'Requests of a full scan after a compaction, of those before.', [],
    [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1]),
  stepSeconds: histogram('glulam_step_seconds', 'How long attempts at steps took.', ['step', 'result'],
    [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900]),
  storeBytes: counter('glulam_store_bytes_total', 'Bytes that compactions downloaded, uploaded, and had the store copy.', 'way'),
  storeRequests: counter('glulam_store_requests_total', 'Requests of compactions to the store, by kind.', 'kind'),
} as const satisfies Record<string, Metric>;

export type MetricId = keyof typeof METRICS;
