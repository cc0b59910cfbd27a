import type { Metric } from './definitions.ts';

/** The content type of Prometheus' text. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** The values of a metric for one set of labels; the meter names their parts. */
export interface Series {
  readonly labels: readonly string[];
  readonly parts: ReadonlyMap<string, number>;
}

/** Returns the lines of a metric; none for one with labels of which nothing is known yet. */
export function textOf(metric: Metric, known: readonly Series[]): string {
  const series = known.length === 0 && metric.labels.length === 0 ? [{ labels: [], parts: new Map<string, number>() }] : known;
  if (series.length === 0) {
    return '';
  }
  const lines = series.flatMap((one) => (metric.bounds === undefined
    ? [line(metric.name, pairs(metric, one), one.parts.get('') ?? 0)] : histogram(metric, metric.bounds, one)));
  return [`# HELP ${metric.name} ${metric.help}`, `# TYPE ${metric.name} ${metric.kind}`, ...lines, ''].join('\n');
}

/** Each bucket counts those below it, too. */
function histogram(metric: Metric, bounds: readonly number[], { labels, parts }: Series): string[] {
  const own = pairs(metric, { labels, parts });
  let count = 0;
  const buckets = [...bounds.map(String), '+Inf'].map((bound) => {
    count += parts.get(bound) ?? 0;
    return line(`${metric.name}_bucket`, [...own, ['le', decimal(bound)]], count);
  });
  return [...buckets, line(`${metric.name}_count`, own, count), line(`${metric.name}_sum`, own, parts.get('sum') ?? 0)];
}

/** As the service writes bounds: 1 is 1.0. */
function decimal(bound: string): string {
  return /^\d+$/.test(bound) ? `${bound}.0` : bound;
}

function pairs(metric: Metric, series: Series): [string, string][] {
  return metric.labels.map((label, i) => [label, series.labels[i] ?? '']);
}

function line(name: string, labels: readonly (readonly [string, string])[], value: number): string {
  const inside = labels.map(([label, text]) => `${label}="${escaped(text)}"`).join(',');
  return `${name}${inside === '' ? '' : `{${inside}}`} ${value}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
