import type { Instance, Json } from '../instance/types.ts';
import { at, number } from './result.ts';

/**
 * Returns the data point of an instance that has ended, for Workers Analytics Engine: docs/cloudflare.md lists its
 * columns. It holds no key and no id.
 *
 * @param report of step 3; null if the instance did not come so far
 */
export function pointOf(instance: Instance, report: Json): AnalyticsEngineDataPoint {
  const { status, error, request, createdAt, endedAt } = instance;
  const requests = at(at(report, 'traffic'), 'requests');
  const kinds = typeof requests === 'object' && requests !== null ? Object.keys(requests) : [];
  const engine = at(request, 'engine');
  return {
    indexes: [status],
    blobs: [status, error?.name ?? '', typeof engine === 'string' ? engine : 'auto'],
    doubles: [
      (Date.parse(endedAt ?? createdAt) - Date.parse(createdAt)) / 1000,
      number(at(report, 'before'), 'bytes'),
      number(at(report, 'after'), 'bytes'),
      number(at(report, 'before'), 'rowGroups'),
      number(at(report, 'after'), 'rowGroups'),
      number(report, 'bytesRead'),
      number(report, 'bytesWritten'),
      kinds.reduce((sum, kind) => sum + number(requests, kind), 0),
      number(at(report, 'saved'), 'dollarsPerMonth'),
    ],
  };
}
