import { MOST_URL_CHARACTERS, requireCallback } from '../callbacks/rules.ts';
import { MOST_ID_CHARACTERS } from '../catalog/catalog.ts';
import { durationText, milliseconds } from '../durations.ts';
import type { PublishMode, Settings } from '../settings.ts';
import { ENGINES, type EngineChoice, type Terms } from '../terms/compaction.ts';
import { InvalidField } from './errors.ts';
import { Fields } from './fields.ts';
import { MOST_KEY_BYTES, requireKey } from './keys.ts';
import { readOptions } from './options.ts';

const INSTANCE_ID = /^[a-zA-Z0-9_][a-zA-Z0-9_-]{0,99}$/;
const FIELDS = ['datasetId', 'bucketKey', 'instanceId', 'force', 'options', 'engine', 'planHash', 'publish', 'backup',
  'callbackUrl'];
const PLAN_HASH = /^[0-9a-f]{64}$/;

/** What POST /compact asks for. */
export interface CompactionRequest {
  readonly datasetId: string;
  /** Null where the catalog is to tell. */
  readonly key: string | null;
  readonly instanceId: string | null;
  readonly terms: Terms;
  /** The address that the Worker calls when the instance has ended; null for none. */
  readonly callbackUrl: string | null;
}

/** @throws InvalidField naming the first field that is wrong */
export async function readCompactionRequest(body: unknown, settings: Settings): Promise<CompactionRequest> {
  const fields = Fields.of(body, FIELDS);
  const datasetId = fields.requireText('datasetId', MOST_ID_CHARACTERS);
  const key = fields.text('bucketKey', MOST_KEY_BYTES);
  if (key !== null) {
    requireKey(key);
  }
  const instanceId = instanceIdOf(fields);
  const terms = await readTerms(fields, settings);
  return { datasetId, key, instanceId, terms, callbackUrl: callbackOf(fields, settings) };
}

/** Null for a random one. */
export function instanceIdOf(fields: Fields): string | null {
  const instanceId = fields.text('instanceId', 100);
  if (instanceId !== null && !INSTANCE_ID.test(instanceId)) {
    throw new InvalidField('instanceId', 'must match [a-zA-Z0-9_][a-zA-Z0-9_-]{0,99}');
  }
  return instanceId;
}

/** The callback's address, which the Worker calls when the instance ends; null if the request names none. */
export function callbackOf(fields: Fields, settings: Settings): string | null {
  const url = fields.text('callbackUrl', MOST_URL_CHARACTERS);
  if (url !== null) {
    try {
      requireCallback(url, settings.callbacks.hosts);
    } catch (problem) {
      throw new InvalidField('callbackUrl', (problem as Error).message);
    }
  }
  return url;
}

async function readTerms(fields: Fields, settings: Settings): Promise<Terms> {
  const options = await readOptions(fields.body.options);
  const force = fields.flag('force', false);
  const engine = engineOf(fields.body.engine);
  return {
    force,
    options,
    ...engine,
    ...planOf(fields, options, engine.engine),
    publish: publishOf(fields.body.publish) ?? settings.publish,
    backup: backupOf(fields.body.backup) ?? durationText(settings.backup),
  };
}

/** The terms of a request that says nothing. */
export function usualTerms(settings: Settings): Terms {
  return { force: false, options: {}, publish: settings.publish, backup: durationText(settings.backup) };
}

function engineOf(value: unknown): { engine?: EngineChoice } {
  if (value === undefined || value === null) {
    return {};
  }
  const engine = ENGINES.find((one) => one === value);
  if (engine === undefined) {
    throw new InvalidField('engine', `must be one of ${ENGINES.join(', ')}`);
  }
  return { engine };
}

/** A plan has options of its own, and only the isolate carries it out. */
function planOf(fields: Fields, options: Terms['options'], engine: EngineChoice | undefined): { planHash?: string } {
  const planHash = fields.text('planHash', 64);
  if (planHash === null) {
    return {};
  }
  if (!PLAN_HASH.test(planHash)) {
    throw new InvalidField('planHash', 'must be 64 hexadecimal digits, as POST /plan answers them');
  }
  if (Object.keys(options).length > 0) {
    throw new InvalidField('options', 'must be left out with planHash: the plan has its own');
  }
  if (engine === 'container') {
    throw new InvalidField('engine', 'must be auto or wasm with planHash: the isolate carries plans out');
  }
  return { planHash };
}

function publishOf(value: unknown): PublishMode | null {
  if (value === undefined || value === null) {
    return null;
  }
  if (value !== 'in-place' && value !== 'new-key') {
    throw new InvalidField('publish', 'must be one of in-place, new-key');
  }
  return value;
}

function backupOf(value: unknown): string | null {
  if (value === undefined || value === null) {
    return null;
  }
  if (typeof value !== 'string') {
    throw new InvalidField('backup', 'must be a time like "7d", or "none"');
  }
  try {
    return durationText(milliseconds(value));
  } catch (problem) {
    throw new InvalidField('backup', (problem as Error).message);
  }
}
