import type { Json } from '../instance/types.ts';
import type { MetricId } from './definitions.ts';

/** A value that a metric is raised by, or that a histogram counts. */
export interface Observation {
  readonly metric: MetricId;
  readonly labels: readonly string[];
  readonly value: number;
}

const READS = ['fullScan', 'oneColumn', 'pointLookup'];

/**
 * Returns what a compaction's report adds to the metrics.
 *
 * @param report of step 3; the isolate wrote it, or `glulam serve` did
 * @param isPublished whether step 4 published the result
 */
export function resultOf(report: Json, isPublished: boolean): Observation[] {
  if (at(report, 'nothingToDo') === true) {
    return [plain('nothingToDo', 1)];
  }
  if (!isPublished) {
    return [];
  }
  const before = at(report, 'before');
  const after = at(report, 'after');
  return [
    plain('published', 1),
    plain('bytesBefore', number(before, 'bytes')),
    plain('bytesAfter', number(after, 'bytes')),
    plain('bytesRead', number(report, 'bytesRead')),
    plain('groupsBefore', number(before, 'rowGroups')),
    plain('groupsAfter', number(after, 'rowGroups')),
    plain('saved', number(at(report, 'saved'), 'dollarsPerMonth')),
    ...phases(at(report, 'phases')),
    ...reads(at(report, 'reads')),
    ...traffic(at(report, 'traffic')),
  ];
}

/** Only `glulam serve` has them: processor time stands still in a Worker. */
function phases(list: Json): Observation[] {
  return (Array.isArray(list) ? list : []).map((phase) => ({
    metric: 'phaseSeconds', labels: [String(at(phase, 'phase'))], value: number(phase, 'cpuSeconds'),
  }));
}

function reads(json: Json): Observation[] {
  const list = READS.flatMap((read) => ['before', 'after'].flatMap((moment): Observation[] => {
    const asked = at(at(json, moment), read);
    return [
      { metric: 'readRequests', labels: [read, moment], value: number(asked, 'requests') },
      { metric: 'readBytes', labels: [read, moment], value: number(asked, 'bytes') },
    ];
  }));
  const scanOf = (moment: string) => number(at(at(json, moment), 'fullScan'), 'requests');
  const before = scanOf('before');
  return before > 0 ? [...list, plain('scanRatio', scanOf('after') / before)] : list;
}

function traffic(json: Json): Observation[] {
  const requests = at(json, 'requests');
  const kinds = typeof requests === 'object' && requests !== null ? Object.keys(requests) : [];
  return [
    ...kinds.map((kind): Observation => ({ metric: 'storeRequests', labels: [kind], value: number(requests, kind) })),
    ...[['downloaded', 'bytesDownloaded'], ['uploaded', 'bytesUploaded'], ['copied', 'bytesCopied']].map(
      ([way, field]): Observation => ({ metric: 'storeBytes', labels: [way!], value: number(json, field!) })),
  ];
}

function plain(metric: MetricId, value: number): Observation {
  return { metric, labels: [], value };
}

/** A field of a JSON object; null if there is none. */
export function at(json: Json | undefined, field: string): Json {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? json[field] ?? null : null;
}

/** A field that is a number; 0 if it is none. */
export function number(json: Json, field: string): number {
  const value = at(json, field);
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
