/** What the engine reads a source from, and writes the new object to. */
export interface Host {
  readonly name: string;
  readonly size: number;
  readonly version: string;
  /** Whether every read is a request. */
  readonly remote?: boolean;
  /** Bytes of the source that the engine may hold; 32 MiB with streams, else 24 MiB. */
  readonly arena?: number;
  /** May fill the buffer, which has that length, and return it. */
  read(position: number, length: number, buffer?: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** A long range's bytes, by one request. */
  stream?(position: number, length: number): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
  append?(bytes: Uint8Array): void | Promise<void>;
  /** Whether `copy` does so inside the store; absent if it does where it is there. */
  readonly copies?: boolean;
  /** Appends a range of the source. */
  copy?(position: number, length: number): void | Promise<void>;
  /** Called once, after the last byte. */
  seal?(): unknown;
  /** Called after that only. May fill the buffer, which has that length, and return it. */
  written?(position: number, length: number, buffer?: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** Those of the command, by their names. */
export type Settings = Record<string, string | number | boolean>;

export interface Inspected {
  /** JSON: the fields of Shape.java. */
  shape: string;
}

export interface Mapped extends Inspected {
  /** JSON: the column chunks, as ChunkMatrix.java tells them. */
  chunks: string;
}

export interface Planned extends Inspected {
  /** JSON: the plan in its one form. */
  plan: string;
}

export interface Compacted extends Planned {
  /** Missing where there was nothing to do, as are those that follow. */
  bytes?: string;
  rowGroups?: string;
  newShape?: string;
  /** What could not be carried along, one a line. */
  dropped?: string;
}

/** An input of a merge. */
export interface Input extends Pick<Host, 'size' | 'version' | 'read' | 'stream'> {
  /** Unique among the inputs. */
  readonly name: string;
  /** Inputs of one group only go into one object. */
  readonly group?: string;
  /** How many of its row groups are left out, from the first one on; 0 if absent. */
  readonly done?: number;
}

/** A new object of a merge. */
export interface NewObject<I extends Input> extends Pick<Host, 'append' | 'seal' | 'written'> {
  copy?(input: I, position: number, length: number): void | Promise<void>;
}

/** Where a merge goes. */
export interface Target<I extends Input> extends Pick<Host, 'remote' | 'arena'> {
  /** Stands for the versions of all inputs. */
  readonly version: string;
  /** Whether new objects have `copy`. */
  readonly copies?: boolean;
  /** Begins the next new object, of a group; the one before is complete. */
  begin(group: string): NewObject<I>;
}

/** Consecutive row groups of an input. */
export interface MergedSlice {
  /** Of the input, in the order in which they were given. */
  readonly number: number;
  /** The first row group, and one past the last. */
  readonly from: number;
  readonly to: number;
  /** Whether none of the input's row groups comes after them. */
  readonly last: boolean;
}

export interface MergedOutput {
  readonly group: string;
  readonly slices: readonly MergedSlice[];
  readonly plan: string;
  readonly bytes: string;
  readonly rowGroups: string;
  readonly newShape: string;
}

export interface Merged {
  outcome: 'MERGED' | 'NOTHING_GAINED' | 'NO_CANDIDATES' | 'SCHEMAS_DIFFER';
  rowsBefore: string;
  rowGroupsBefore: string;
  /** Numbers of inputs that are too few for a new object. */
  left: number[];
  outputs: MergedOutput[];
  /** What could not be carried along, one a line. */
  dropped: string;
}

export class SourceChanged extends Error {}

export class GlulamError extends Error {
  /** The Java class. */
  readonly kind: string;
  readonly place: string;
  readonly problem: string;
  readonly remedy?: string;
}

export class Engine {
  constructor(module: WebAssembly.Module);
  check(settings: Settings): Promise<unknown>;
  inspect(host: Host, settings?: Settings, buffers?: number): Promise<Inspected>;
  chunks(host: Host, settings?: Settings, buffers?: number): Promise<Mapped>;
  pages(host: Host, rowGroup: number, column: number, buffers?: number): Promise<{ pages?: string }>;
  plan(host: Host, settings?: Settings, buffers?: number): Promise<Planned>;
  compact(host: Host, settings?: Settings, buffers?: number): Promise<Compacted>;
  merge<I extends Input>(inputs: readonly I[], target: Target<I>, settings?: Settings, buffers?: number): Promise<Merged>;
}
