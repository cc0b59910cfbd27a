import { IN_DEVELOPMENT, type Env } from '../env.ts';
import { InvalidSetting } from '../failure.ts';
import { ApiError } from '../request/errors.ts';
import { isTable, isTableAllowed } from '../terms/table-names.ts';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);
const LEAST_CHARACTERS = 16;

/** What the sender of a request may touch: objects whose keys begin with one of these; all if there are none. */
export class Access {
  static readonly ALL = new Access([]);
  readonly #prefixes: readonly string[];

  constructor(prefixes: readonly string[]) {
    this.#prefixes = prefixes;
  }

  /** With a limited access, unknown keys are not the sender's business. */
  allows(key: string | null): boolean {
    return !this.isLimited || key !== null && this.#prefixes.some((prefix) => (isTable(key) ? isTableAllowed(key, prefix) : key.startsWith(prefix)));
  }

  get isLimited(): boolean {
    return this.#prefixes.length > 0;
  }

  /** @throws ApiError unless objects of that key are the sender's business */
  require(key: string | null): void {
    if (!this.allows(key)) {
      throw new ApiError(403, 'Forbidden', 'this token is for other keys');
    }
  }
}

interface Token {
  readonly digest: ArrayBuffer;
  readonly access: Access;
}

/**
 * Any web page can make a browser send requests, so foreign hosts and origins are refused.
 *
 * @throws ApiError if the request comes from somewhere else
 */
export function requireHome(request: Request, env: Env): void {
  const host = request.headers.get('Host') ?? new URL(request.url).host;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const known = (env.GLULAM_HOST_NAME ?? '').split(',').map((word) => word.trim().toLowerCase());
  // Beyond localhost the platform leads requests here by the names that were set up.
  if (IN_DEVELOPMENT && !LOCAL.has(name) && !known.includes(name)) {
    throw new ApiError(403, 'ForeignHost', 'this server does not answer under that host name',
      { remedy: 'set GLULAM_HOST_NAME to allow it' });
  }
  const origin = request.headers.get('Origin')?.toLowerCase();
  const foreign = origin !== undefined && origin !== `http://${host.toLowerCase()}` && origin !== `https://${host.toLowerCase()}`;
  if (foreign || request.headers.get('Sec-Fetch-Site') === 'cross-site') {
    throw new ApiError(403, 'ForeignOrigin', 'pages of other sites may not use this server');
  }
}

/** @throws ApiError unless the body is said to be JSON, which no form can send */
export function requireJson(request: Request): void {
  const type = (request.headers.get('Content-Type') ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new ApiError(415, 'NotJson', 'the body must be JSON', { remedy: 'send the header Content-Type: application/json' });
  }
}

/** What the sender may touch. @throws ApiError if a token is needed and none, or a wrong one, was sent */
export async function authorize(request: Request, env: Env): Promise<Access> {
  const tokens = await tokensOf(`${env.GLULAM_TOKEN ?? ''}\n${env.GLULAM_TOKENS ?? ''}`);
  if (tokens.length === 0) {
    if (IN_DEVELOPMENT) {
      return Access.ALL;
    }
    throw new ApiError(401, 'Unauthorized', 'a server that is reached beyond localhost needs a token',
      { remedy: 'set one: npx wrangler secret put GLULAM_TOKEN' });
  }
  const header = request.headers.get('Authorization') ?? '';
  const access = /^bearer /i.test(header) ? await accessOf(header.slice(7).trim(), tokens) : null;
  if (access === null) {
    throw new ApiError(401, 'Unauthorized', 'a token is needed', { remedy: 'send the header Authorization: Bearer TOKEN' });
  }
  return access;
}

/** As {@link authorize}, where the secret of webhooks will do as well. */
export async function authorizeHook(request: Request, env: Env): Promise<Access> {
  const secrets = await tokensOf(env.GLULAM_HOOK_SECRET ?? '', 'GLULAM_HOOK_SECRET');
  if (secrets.length === 0) {
    return authorize(request, env);
  }
  const secret = request.headers.get('X-Glulam-Secret');
  const access = secret === null ? null : await accessOf(secret.trim(), secrets);
  if (access !== null) {
    return access;
  }
  if (`${env.GLULAM_TOKEN ?? ''}${env.GLULAM_TOKENS ?? ''}`.trim() === '') {
    throw new ApiError(401, 'Unauthorized', "the webhook's secret is needed",
      { remedy: 'send it in the header X-Glulam-Secret' });
  }
  return authorize(request, env);
}

/** Compares with every token, each in constant time. */
async function accessOf(text: string, tokens: readonly Token[]): Promise<Access | null> {
  const digest = await digestOf(text);
  let found: Access | null = null;
  for (const token of tokens) {
    if (crypto.subtle.timingSafeEqual(token.digest, digest)) {
      found = token.access;
    }
  }
  return found;
}

/** One a line, each followed by the key prefixes that it is limited to, if any. */
async function tokensOf(text: string, setting = 'GLULAM_TOKEN'): Promise<Token[]> {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  return Promise.all(lines.map(async (line) => {
    const [token = '', ...prefixes] = line.split(/\s+/);
    if (token.length < LEAST_CHARACTERS) {
      throw new InvalidSetting(setting, `is too short: a token needs at least ${LEAST_CHARACTERS} characters`);
    }
    return { digest: await digestOf(token), access: new Access(prefixes) };
  }));
}

function digestOf(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
}
