import { StepFailed } from '../failure.ts';

/** A file that a merge wrote, or was about to write, into the folder. */
export interface RecordedOutput {
  /** Its path below the folder. */
  readonly name: string;
  readonly size: number;
  /** Empty until it is published. */
  readonly version: string;
  /** Of its footer. */
  readonly digest: string;
}

/** An input whose rows are in the folder. */
export interface RecordedInput {
  /** Its address, with the bucket's name. */
  readonly name: string;
  readonly size: number;
  readonly version: string;
  /** How many of its row groups are in the folder, from the first one on. */
  readonly rowGroups: number;
  /** Whether these are all of them. */
  readonly whole: boolean;
  /** Number of the lease under which it was moved away; 0 if it was not. */
  readonly kept: number;
  /** Names of the outputs that hold them. */
  readonly outputs: readonly string[];
}

/** An output that is about to be published, and the inputs as they are recorded once it is there. */
export interface Intent {
  readonly output: RecordedOutput;
  readonly inputs: readonly RecordedInput[];
}

/** Files that `glulam merge --replace` is deleting. */
export interface Journal {
  readonly fence: number;
  readonly keep: string;
  readonly files: readonly string[];
}

/** What the merges into a folder have done so far: core's Manifest. Maps are by name. */
export interface Manifest {
  /** Number of the lease under which it was written; 0 for none. */
  readonly fence: number;
  readonly outputs: ReadonlyMap<string, RecordedOutput>;
  readonly inputs: ReadonlyMap<string, RecordedInput>;
  readonly pending: Intent | null;
  readonly journal: Journal | null;
}

export const EMPTY: Manifest = { fence: 0, outputs: new Map(), inputs: new Map(), pending: null, journal: null };

/** How far an input is in the folder: no row of it, some of its row groups, all of it, or rows of another version. */
export type InputState = 'NEW' | 'PARTLY' | 'MERGED' | 'CHANGED';

export function stateOf({ inputs }: Manifest, name: string, size: number, version: string): InputState {
  const recorded = inputs.get(name);
  if (recorded === undefined) {
    return 'NEW';
  }
  if (recorded.size !== size || recorded.version !== version) {
    // A kept input that was copied back has its size; another size is a new file under the old name.
    return recorded.kept > 0 && recorded.size !== size ? 'NEW' : 'CHANGED';
  }
  return recorded.whole ? 'MERGED' : 'PARTLY';
}

/** How many row groups of an input are in the folder, from the first one on. */
export function rowGroupsOf({ inputs }: Manifest, name: string): number {
  const recorded = inputs.get(name);
  return recorded === undefined || recorded.kept > 0 ? 0 : recorded.rowGroups;
}

/** The same once the pending output was published, as this version. */
export function settled(manifest: Manifest, version: string): Manifest {
  const { outputs, inputs, pending } = manifest;
  return pending === null ? manifest : {
    ...manifest,
    outputs: new Map([...outputs, [pending.output.name, { ...pending.output, version }]]),
    inputs: new Map([...inputs, ...pending.inputs.map((input) => [input.name, input] as const)]),
    pending: null,
  };
}

/** The document, in the one form that core's ManifestJson reads. */
export function textOf({ fence, outputs, inputs, pending, journal }: Manifest): string {
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    fence,
    outputs: [...outputs.values()].map(outputJson),
    inputs: [...inputs.values()].map(inputJson),
    pending: pending === null ? [] : [{ ...outputJson(pending.output), inputs: pending.inputs.map(inputJson) }],
    journal: journal === null ? [] : [{ fence: journal.fence, keep: journal.keep, files: journal.files }],
  });
}

function outputJson({ name, size, version, digest }: RecordedOutput): object {
  return { name, size, version, digest };
}

function inputJson({ name, size, version, rowGroups, whole, kept, outputs }: RecordedInput): object {
  return { name, size, version, row_groups: rowGroups, whole, kept, outputs };
}

const FORMAT = 'glulam-merge';
const VERSION = 1;

/**
 * Reads a document. It is a claim: what is not exactly as it would be written is refused.
 *
 * @param place of the object, for messages
 */
export function readManifest(place: string, text: string): Manifest {
  try {
    return manifestOf(JSON.parse(text));
  } catch (problem) {
    if (problem instanceof StepFailed) {
      throw problem;
    }
    const why = problem instanceof SyntaxError ? 'it is cut off or no JSON' : (problem as Error).message;
    throw new StepFailed('CorruptFile', `${place}: not a manifest of a merge: ${why}`,
      'merge into a new folder; this one is left as it is', { refusal: true });
  }
}

function manifestOf(json: unknown): Manifest {
  const fields = recordOf(json, ['format', 'version', 'fence', 'outputs', 'inputs', 'pending', 'journal']);
  if (fields.format !== FORMAT) {
    throw new Error('its format is another one');
  }
  if (fields.version !== VERSION) {
    throw new StepFailed('Unsupported', "the folder's manifest is of a newer version than this program",
      'use the program that wrote it', { refusal: true });
  }
  const pending = listOf(fields.pending).map((each): Intent => {
    const { inputs, ...output } = recordOf(each, [...OUTPUT, 'inputs']);
    return { output: outputOf(output), inputs: [...named(listOf(inputs).map(inputOf)).values()] };
  });
  const journals = listOf(fields.journal).map((each): Journal => {
    const { fence, keep, files } = recordOf(each, ['fence', 'keep', 'files']);
    return { fence: numberOf(fence), keep: textIn(keep), files: listOf(files).map(textIn) };
  });
  if (pending.length > 1 || journals.length > 1) {
    throw new Error('more than one output is pending, or more than one journal is there');
  }
  return {
    fence: numberOf(fields.fence),
    outputs: named(listOf(fields.outputs).map(outputOf)),
    inputs: named(listOf(fields.inputs).map(inputOf)),
    pending: pending[0] ?? null,
    journal: journals[0] ?? null,
  };
}

const OUTPUT = ['name', 'size', 'version', 'digest'];

function outputOf(json: unknown): RecordedOutput {
  const { name, size, version, digest } = recordOf(json, OUTPUT);
  return { name: outputName(name), size: numberOf(size), version: textIn(version), digest: textIn(digest) };
}

function inputOf(json: unknown): RecordedInput {
  const { name, size, version, row_groups: rowGroups, whole, kept, outputs } =
    recordOf(json, ['name', 'size', 'version', 'row_groups', 'whole', 'kept', 'outputs']);
  if (typeof whole !== 'boolean') {
    throw new Error("expected true or false in 'whole'");
  }
  return {
    name: textIn(name), size: numberOf(size), version: textIn(version), rowGroups: numberOf(rowGroups), whole,
    kept: numberOf(kept), outputs: listOf(outputs).map(outputName),
  };
}

function recordOf(json: unknown, names: readonly string[]): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Object.keys(json).join() !== names.join()) {
    throw new Error(`expected the fields ${names.join(', ')}`);
  }
  return json as Record<string, unknown>;
}

function listOf(json: unknown): unknown[] {
  if (!Array.isArray(json)) {
    throw new Error('expected a list');
  }
  return json;
}

function textIn(json: unknown): string {
  if (typeof json !== 'string' || json.length > 8192) {
    throw new Error('expected a text');
  }
  return json;
}

function numberOf(json: unknown): number {
  if (!Number.isSafeInteger(json) || (json as number) < 0) {
    throw new Error('expected a number that is not negative');
  }
  return json as number;
}

/** A name that leads to a Parquet file below the folder. */
function outputName(json: unknown): string {
  const name = textIn(json);
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    throw new Error("an output's name leads out of the folder");
  }
  if (!name.endsWith('.parquet') || /[\\\u0000-\u001f\u007f-\u009f]/.test(name)) {
    throw new Error("an output's name is not one that a merge gives");
  }
  return name;
}

function named<T extends { readonly name: string }>(list: readonly T[]): Map<string, T> {
  const map = new Map(list.map((each) => [each.name, each]));
  if (map.size !== list.length) {
    throw new Error('a name stands twice');
  }
  return map;
}
