import { InvalidField } from './errors.ts';

/** The fields of a JSON object that a client sent. Every method throws InvalidField for one that is wrong. */
export class Fields {
  readonly body: Readonly<Record<string, unknown>>;

  private constructor(body: Record<string, unknown>) {
    this.body = body;
  }

  /** Those of an object, which may have no others than `known`. */
  static of(body: unknown, known: readonly string[]): Fields {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new InvalidField('', 'the body must be a JSON object');
    }
    const unknown = Object.keys(body).filter((name) => !known.includes(name)).sort()[0];
    if (unknown !== undefined) {
      throw new InvalidField(unknown, known.length === 0
        ? 'is unknown' : `is unknown; known are ${[...known].sort().join(', ')}`);
    }
    return new Fields(body as Record<string, unknown>);
  }

  /** Text of one line; null if it is missing. */
  text(field: string, mostCharacters: number): string | null {
    const value = this.body[field];
    if (value === undefined || value === null) {
      return null;
    }
    if (typeof value !== 'string' || value.trim() === '') {
      throw new InvalidField(field, 'must be text that is not empty');
    }
    if (value.length > mostCharacters) {
      throw new InvalidField(field, `has at most ${mostCharacters} characters`);
    }
    if (hasControls(value)) {
      throw new InvalidField(field, 'holds no control characters');
    }
    if (!value.isWellFormed()) {
      throw new InvalidField(field, 'is valid Unicode');
    }
    return value;
  }

  /** As {@link text}, which must be there. */
  requireText(field: string, mostCharacters: number): string {
    const text = this.text(field, mostCharacters);
    if (text === null) {
      throw new InvalidField(field, 'is required');
    }
    return text;
  }

  /** Texts of one line each, all of them different; null if they are missing. */
  texts(field: string, most: number, mostCharacters: number): string[] | null {
    const value = this.body[field];
    if (value === undefined || value === null) {
      return null;
    }
    if (!Array.isArray(value) || value.length === 0 || value.length > most) {
      throw new InvalidField(field, `must be a list of 1 to ${most} texts`);
    }
    const seen = new Set<string>();
    value.forEach((_, i) => {
      const name = `${field}[${i}]`;
      const text = new Fields({ [name]: value[i] ?? '' }).requireText(name, mostCharacters);
      if (seen.has(text)) {
        throw new InvalidField(name, 'is named twice');
      }
      seen.add(text);
    });
    return [...seen];
  }

  /** One of some words; null if it is missing. */
  word(field: string, words: readonly string[]): string | null {
    const value = this.body[field];
    if (value === undefined || value === null) {
      return null;
    }
    if (typeof value !== 'string' || !words.includes(value)) {
      throw new InvalidField(field, `must be one of ${words.join(', ')}`);
    }
    return value;
  }

  flag(field: string, otherwise: boolean): boolean {
    const value = this.body[field];
    if (value === undefined || value === null) {
      return otherwise;
    }
    if (typeof value !== 'boolean') {
      throw new InvalidField(field, 'must be true or false');
    }
    return value;
  }

  /** A whole number from 0 on, which must be there. */
  requireIndex(field: string): number {
    const value = this.body[field];
    if (value === undefined || value === null) {
      throw new InvalidField(field, 'is required');
    }
    if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 0x7fffffff) {
      throw new InvalidField(field, 'must be a whole number from 0 on');
    }
    return value as number;
  }

  /** A whole number from 1 on. */
  number(field: string, otherwise: number, most: number): number {
    const value = this.body[field];
    if (value === undefined || value === null) {
      return otherwise;
    }
    if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > most) {
      throw new InvalidField(field, `must be a whole number from 1 to ${most}`);
    }
    return value as number;
  }
}

/** Whether a text holds control characters, as Java's Character.isISOControl tells them. */
export function hasControls(text: string): boolean {
  return /[\u0000-\u001f\u007f-\u009f]/.test(text);
}
