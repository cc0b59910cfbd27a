import { STATUSES, type Attempt, type Json, type Status } from '../instance/types.ts';
import { METRICS, type Metric } from './definitions.ts';
import { resultOf, type Observation } from './result.ts';
import { textOf, type Series } from './text.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS metrics (
    name TEXT NOT NULL,
    labels TEXT NOT NULL,
    part TEXT NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (name, labels, part)
  ) WITHOUT ROWID;
`;

/** The part of a counter or a gauge; those of a histogram are `sum` and the upper bounds of its buckets. */
const WHOLE = '';
const SUM = 'sum';
const INFINITE = '+Inf';

/** The ledger's metrics. They are kept in its tables, and so count since the first deployment. */
export class Meter {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(SCHEMA);
  }

  /** @param attempt that has ended; undefined counts nothing */
  stepEnded(step: string, attempt: Attempt | undefined): void {
    if (attempt?.end != null) {
      const seconds = (Date.parse(attempt.end) - Date.parse(attempt.start)) / 1000;
      this.#add([{ metric: 'stepSeconds', labels: [step, attempt.success ? 'success' : 'failure'], value: seconds }]);
    }
  }

  /** @param report of step 3; null if the instance did not come so far */
  instanceEnded(status: Status, report: Json, isPublished: boolean): void {
    this.#add([{ metric: 'instancesEnded', labels: [status], value: 1 }, ...resultOf(report, isPublished)]);
  }

  #add(observations: readonly Observation[]): void {
    for (const { metric, labels, value } of observations) {
      const definition: Metric = METRICS[metric];
      if (definition.bounds === undefined) {
        this.#raise(definition, labels, WHOLE, value);
      } else {
        const bound = definition.bounds.find((one) => value <= one);
        this.#raise(definition, labels, bound === undefined ? INFINITE : String(bound), 1);
        this.#raise(definition, labels, SUM, value);
      }
    }
  }

  #raise({ name }: Metric, labels: readonly string[], part: string, by: number): void {
    this.#sql.exec(
      `INSERT INTO metrics (name, labels, part, value) VALUES (?, ?, ?, ?)
        ON CONFLICT (name, labels, part) DO UPDATE SET value = value + excluded.value`,
      name, JSON.stringify(labels), part, by);
  }

  /** Everything in Prometheus' text. @param counts how many instances have each status now */
  text(counts: Partial<Record<Status, number>>): string {
    const instances = STATUSES.map((status): Series => ({ labels: [status], parts: new Map([[WHOLE, counts[status] ?? 0]]) }));
    return Object.values(METRICS)
      .map((metric) => textOf(metric, metric === METRICS.instances ? instances : this.#series(metric))).join('');
  }

  #series({ name }: Metric): Series[] {
    const series = new Map<string, Map<string, number>>();
    for (const row of this.#sql.exec('SELECT labels, part, value FROM metrics WHERE name = ? ORDER BY labels', name)) {
      const labels = String(row.labels);
      const parts = series.get(labels) ?? new Map<string, number>();
      series.set(labels, parts.set(String(row.part), Number(row.value)));
    }
    return [...series].map(([labels, parts]) => ({ labels: JSON.parse(labels) as string[], parts }));
  }
}
