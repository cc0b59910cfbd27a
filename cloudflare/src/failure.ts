import { GlulamError } from 'glulam-engine';

/** Why a step failed, as GET /status shows it. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly remedy: string | null;
}

/** What a failure means for the workflow. */
export interface Verdict {
  readonly failure: Failure;
  /** Whether the same step may succeed later. */
  readonly retryable: boolean;
  /** Whether this version of the object is refused for good. */
  readonly refusal: boolean;
}

interface Consequences {
  readonly retryable?: boolean;
  readonly refusal?: boolean;
}

/** A step cannot go on, for a reason of the workflow's own. */
export class StepFailed extends Error {
  readonly remedy: string;
  readonly consequences: Consequences;

  constructor(name: string, problem: string, remedy: string, consequences: Consequences = {}) {
    super(problem);
    this.name = name;
    this.remedy = remedy;
    this.consequences = consequences;
  }
}

/** The bucket's S3 side answered so that another try may help. */
export class StorageAnswer extends Error {}

/** The catalog cannot be reached, or refuses. The message is for people and holds no secret. */
export class CatalogFailed extends Error {
  readonly remedy: string;
  readonly retryable: boolean;

  constructor(problem: string, remedy: string, retryable: boolean) {
    super(problem);
    this.name = 'CatalogFailed';
    this.remedy = remedy;
    this.retryable = retryable;
  }
}

/** A setting has a value that it cannot have. */
export class InvalidSetting extends Error {
  constructor(name: string, problem: string) {
    super(`the setting ${name} ${problem}`);
    this.name = 'InvalidSetting';
  }
}

/** What of the engine's failures another try may help against. */
const RETRYABLE = new Set(['SourceChanged', 'StorageFailed']);

/** The one mapping from errors. */
export function verdictOf(error: unknown): Verdict {
  if (error instanceof GlulamError) {
    const retryable = RETRYABLE.has(error.kind);
    const message = (error.place === '' ? '' : `${error.place}: `) + error.problem;
    return {
      failure: { name: error.kind, message, remedy: error.remedy ?? null },
      retryable,
      refusal: !retryable,
    };
  }
  if (error instanceof StepFailed) {
    const { retryable = false, refusal = false } = error.consequences;
    return { failure: { name: error.name, message: error.message, remedy: error.remedy }, retryable, refusal };
  }
  if (error instanceof CatalogFailed) {
    return {
      failure: { name: error.name, message: error.message, remedy: error.remedy },
      retryable: error.retryable,
      refusal: false,
    };
  }
  if (error instanceof InvalidSetting) {
    return {
      failure: { name: error.name, message: error.message, remedy: 'correct the setting, and deploy again' },
      retryable: false,
      refusal: false,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StorageAnswer || /\(\d{5}\)/.test(message)) {
    // R2's binding ends its messages with a code of five digits.
    return {
      failure: { name: 'StorageFailed', message, remedy: 'check the bucket, and that it may be written' },
      retryable: true,
      refusal: false,
    };
  }
  return {
    failure: { name: 'InternalError', message: `internal error: ${message}`, remedy: 'please report it' },
    retryable: true,
    refusal: false,
  };
}
