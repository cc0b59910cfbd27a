import { GlulamError } from 'glulam-engine';
import { checkSettings } from '../engine/compaction.ts';
import { camelCase, engineSettings, type Terms } from '../terms/compaction.ts';
import { InvalidField } from './errors.ts';

type Form = 'flag' | 'number' | 'size' | 'list' | 'text' | readonly string[];

/** The options of a compaction and the JSON that stands for them; what the values may be the engine says. */
const FORMS: Readonly<Record<string, Form>> = {
  threshold: 'size',
  targetSize: 'size',
  maxRows: 'number',
  pageSize: 'size',
  order: ['preserve', 'healthy-first'],
  effort: ['copy', 'balanced', 'smallest'],
  rewrite: ['fragments', 'all'],
  codec: 'text',
  writerCompat: ['v1', 'v2'],
  readers: 'list',
  verify: ['structure', 'values'],
  strict: 'flag',
};

/** @throws InvalidField if an option is unknown, of another type, or out of bounds */
export async function readOptions(value: unknown): Promise<Terms['options']> {
  if (value === undefined || value === null) {
    return {};
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new InvalidField('options', 'must be an object');
  }
  for (const [name, option] of Object.entries(value)) {
    const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
    if (form === undefined) {
      throw new InvalidField(`options.${name}`, `is not an option; known are ${Object.keys(FORMS).join(', ')}`);
    }
    const problem = problemOf(form, option);
    if (problem !== null) {
      throw new InvalidField(`options.${name}`, problem);
    }
  }
  const options = value as Terms['options'];
  if (Object.keys(options).length > 0) {
    await requireValues(options);
  }
  return options;
}

async function requireValues(options: Terms['options']): Promise<void> {
  try {
    await checkSettings(engineSettings(options));
  } catch (failure) {
    if (!(failure instanceof GlulamError)) {
      throw failure;
    }
    const [, name = '', problem = failure.problem] = /^([a-z-]+): (.*)$/s.exec(failure.problem) ?? [];
    throw new InvalidField(`options.${camelCase(name)}`, problem);
  }
}

function problemOf(form: Form, value: unknown): string | null {
  const number = Number.isSafeInteger(value);
  switch (form) {
    case 'flag':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'number':
      return number ? null : 'must be a whole number';
    case 'size':
      return number || typeof value === 'string' ? null : 'must be a size, like "2MiB", or a number of bytes';
    case 'list':
      return Array.isArray(value) && value.every((element) => typeof element === 'string' && !element.includes(','))
        ? null : 'must be a list of engines';
    case 'text':
      return typeof value === 'string' ? null : 'must be text';
    default:
      return typeof value === 'string' && form.includes(value) ? null : `must be one of ${form.join(', ')}`;
  }
}
