import type { Env } from '../env.ts';
import { ledgerOf, type LedgerClient } from '../instance/ledger.ts';
import { ApiError } from '../request/errors.ts';
import type { Settings } from '../settings.ts';
import type { Access } from './guard.ts';

const MOST_BODY_BYTES = 64 << 10;
const MOST_QUERY_CHARACTERS = 4096;

/** A request that has passed the guard. */
export class Call {
  readonly request: Request;
  readonly env: Env;
  readonly settings: Settings;
  /** What the sender may touch. */
  readonly access: Access;
  readonly #parameters: Readonly<Record<string, string>>;

  constructor(
    request: Request, env: Env, settings: Settings, access: Access, parameters: Readonly<Record<string, string>>,
  ) {
    this.request = request;
    this.env = env;
    this.settings = settings;
    this.access = access;
    this.#parameters = parameters;
  }

  get ledger(): LedgerClient {
    return ledgerOf(this.env);
  }

  /** A part of the path. */
  parameter(name: string): string {
    return this.#parameters[name]!;
  }

  /** The body, which must be JSON of bounded size. */
  async body(most = MOST_BODY_BYTES): Promise<unknown> {
    const bytes = await this.#bytes(most);
    try {
      return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes));
    } catch (problem) {
      throw new ApiError(400, 'InvalidJson', `the body is not JSON: ${(problem as Error).message}`);
    }
  }

  async #bytes(most: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of this.request.body ?? []) {
      length += part.length;
      if (length > most) {
        throw new ApiError(413, 'BodyTooLarge', `a body has at most ${most} bytes`);
      }
      parts.push(part);
    }
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  /** The query's parameters, none but `known`; of those named twice the last. */
  query(...known: string[]): Readonly<Record<string, string>> {
    const raw = new URL(this.request.url).search;
    if (raw.length > MOST_QUERY_CHARACTERS) {
      throw new ApiError(400, 'InvalidQuery', 'the query is too long');
    }
    const query = Object.fromEntries(new URLSearchParams(raw));
    const unknown = Object.keys(query).filter((name) => !known.includes(name)).sort()[0];
    if (unknown !== undefined) {
      throw new ApiError(400, 'InvalidQuery', `is unknown; known are ${known.join(', ')}`, { field: unknown });
    }
    return query;
  }

  /** A whole number out of the query. */
  number(name: string, otherwise: number, most: number): number {
    const text = new URL(this.request.url).searchParams.getAll(name).at(-1);
    if (text === undefined) {
      return otherwise;
    }
    if (!/^[+-]?\d{1,10}$/.test(text)) {
      throw new ApiError(400, 'InvalidQuery', 'must be a number', { field: name });
    }
    const number = Number(text);
    if (number < 1 || number > most) {
      throw new ApiError(400, 'InvalidQuery', `must be 1 to ${most}`, { field: name });
    }
    return number;
  }
}
