import { ApiError } from '../request/errors.ts';
import type { Call } from './call.ts';

export type Handler = (call: Call) => Response | Promise<Response>;

/** What a route asks of its requests: nothing; a token, if there are any; the same and a JSON body; that or a webhook's secret. */
export type Kind = 'open' | 'read' | 'write' | 'hook';

export interface Route {
  readonly method: string;
  /** As openapi.yaml writes it, parameters in braces. */
  readonly path: string;
  readonly kind: Kind;
  readonly handler: Handler;
}

export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The route that a method and a path lead to; HEAD leads to what GET does. @throws ApiError if there is none */
export function match(routes: readonly Route[], method: string, path: string): Match {
  const wanted = method === 'HEAD' ? 'GET' : method;
  const methods = new Set<string>();
  for (const route of routes) {
    const parameters = parametersOf(route.path.split('/'), path.split('/'));
    if (parameters !== null) {
      if (route.method === wanted) {
        return { route, parameters };
      }
      methods.add(route.method);
    }
  }
  if (methods.size === 0) {
    throw ApiError.notFound('there is nothing here; /openapi.yaml lists what there is');
  }
  if (methods.has('GET')) {
    methods.add('HEAD');
  }
  const allowed = [...methods].sort();
  throw new ApiError(405, 'MethodNotAllowed', `this takes ${allowed.join(', ')}`, { allowed });
}

function parametersOf(wanted: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (wanted.length !== parts.length) {
    return null;
  }
  const parameters: Record<string, string> = {};
  for (const [i, name] of wanted.entries()) {
    const part = parts[i]!;
    if (name.startsWith('{')) {
      if (part === '') {
        return null;
      }
      parameters[name.slice(1, -1)] = decoded(part);
    } else if (name !== part) {
      return null;
    }
  }
  return parameters;
}

function decoded(text: string): string {
  let plain: string;
  try {
    plain = decodeURIComponent(text);
  } catch {
    throw new ApiError(400, 'InvalidPath', 'the address is not percent-encoded as it should be');
  }
  if (plain.includes('\0')) {
    throw new ApiError(400, 'InvalidPath', 'the address holds a NUL character');
  }
  return plain;
}
