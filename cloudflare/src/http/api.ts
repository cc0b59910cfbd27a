import { GlulamError } from 'glulam-engine';
import { catalogOf } from '../catalog/connect.ts';
import type { Env } from '../env.ts';
import { StepFailed, verdictOf } from '../failure.ts';
import { ledgerOf } from '../instance/ledger.ts';
import { ApiError } from '../request/errors.ts';
import { settingsOf } from '../settings.ts';
import { Call } from './call.ts';
import { capabilities } from './capabilities.ts';
import * as compactions from './compactions.ts';
import * as datasets from './datasets.ts';
import * as feed from './feed.ts';
import { Access, authorize, authorizeHook, requireHome, requireJson } from './guard.ts';
import * as hooks from './hooks.ts';
import { inspect, inspectPages } from './inspect.ts';
import * as instances from './instances.ts';
import { metrics } from './metrics.ts';
import { match, type Handler, type Kind, type Route } from './router.ts';
import { scan } from './scan.ts';

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
} as const;

/** Files that are served as they are, and the assets that hold them. */
const FILES: Readonly<Record<string, readonly [string, string]>> = {
  '/': ['/page/', 'text/html; charset=utf-8'],
  '/page/app.js': ['/page/app.js', 'text/javascript; charset=utf-8'],
  '/page/dom.js': ['/page/dom.js', 'text/javascript; charset=utf-8'],
  '/page/chunks.js': ['/page/chunks.js', 'text/javascript; charset=utf-8'],
  '/page/charts.js': ['/page/charts.js', 'text/javascript; charset=utf-8'],
  '/page/objects.js': ['/page/objects.js', 'text/javascript; charset=utf-8'],
  '/page/style.css': ['/page/style.css', 'text/css; charset=utf-8'],
  '/page/favicon.svg': ['/page/favicon.svg', 'image/svg+xml'],
  '/openapi.yaml': ['/openapi.yaml', 'application/yaml; charset=utf-8'],
};

/** openapi.yaml says what they promise. */
const ROUTES: readonly Route[] = [
  route('POST', '/compact', 'write', compactions.compact),
  route('POST', '/compactions', 'write', lacking('compactions')),
  route('POST', '/plan', 'write', compactions.plan),
  route('POST', '/inspect', 'write', inspect),
  route('POST', '/inspect/pages', 'write', inspectPages),
  route('GET', '/status/{id}', 'read', instances.status),
  route('GET', '/instances', 'read', instances.list),
  route('POST', '/instances/{id}/pause', 'write', (call) => instances.control(call, async (id) => await call.ledger.pause(id))),
  route('POST', '/instances/{id}/resume', 'write', (call) => instances.control(call, async (id) => await call.ledger.resume(id))),
  route('POST', '/instances/{id}/terminate', 'write',
    (call) => instances.control(call, async (id) => await call.ledger.terminate(id))),
  route('POST', '/instances/{id}/restart', 'write', instances.restart),
  route('GET', '/instances/{id}/events', 'read', instances.events),
  route('GET', '/datasets', 'read', datasets.list),
  route('POST', '/datasets', 'write', datasets.add),
  route('POST', '/datasets/{id}/flag', 'write', datasets.flag),
  route('POST', '/scan', 'write', scan),
  route('POST', '/hooks/supabase', 'hook', hooks.supabase),
  route('GET', '/feed', 'read', feed.show),
  route('POST', '/feed', 'write', feed.change),
  route('GET', '/metrics', 'read', metrics),
  route('GET', '/capabilities', 'read', capabilities),
  route('GET', '/healthz', 'open', () => Response.json({ status: 'ok' })),
  route('GET', '/readyz', 'open', ready),
  ...Object.keys(FILES).map((path) => route('GET', path, 'open', file)),
];

function route(method: string, path: string, kind: Kind, handler: Handler): Route {
  return { method, path, kind, handler };
}

/** Answers for what this side lacks; GET /capabilities tells of it. */
function lacking(capability: string): Handler {
  return () => {
    throw ApiError.notSupported(capability);
  };
}

async function ready(call: Call): Promise<Response> {
  await ledgerOf(call.env).ping();
  await catalogOf(call.env).check();
  return Response.json({ status: 'ready' });
}

async function file(call: Call): Promise<Response> {
  const url = new URL(call.request.url);
  const [asset, type] = FILES[url.pathname]!;
  const found = await call.env.ASSETS.fetch(new URL(asset, url));
  return new Response(found.body, { status: found.status, headers: { 'Content-Type': type } });
}

/** Answers a request. */
export async function answer(request: Request, env: Env): Promise<Response> {
  const response = await answered(request, env).catch((failure: unknown) => errorOf(failure).response());
  const headers = new Headers(response.headers);
  Object.entries(HEADERS).forEach(([name, value]) => headers.set(name, value));
  return new Response(request.method === 'HEAD' ? null : response.body, { status: response.status, headers });
}

async function answered(request: Request, env: Env): Promise<Response> {
  requireHome(request, env);
  const { route: { kind, handler }, parameters } = match(ROUTES, request.method, new URL(request.url).pathname);
  const access = await accessOf(kind, request, env);
  if (kind === 'write' || kind === 'hook') {
    requireJson(request);
  }
  return handler(new Call(request, env, settingsOf(env), access, parameters));
}

function accessOf(kind: Kind, request: Request, env: Env): Access | Promise<Access> {
  switch (kind) {
    case 'open':
      return Access.ALL;
    case 'hook':
      return authorizeHook(request, env);
    default:
      return authorize(request, env);
  }
}

/** The one mapping from failures to answers. */
function errorOf(failure: unknown): ApiError {
  if (failure instanceof ApiError) {
    return failure;
  }
  const { failure: { name, message, remedy } } = verdictOf(failure);
  const status = statusOf(failure, name);
  if (status === 500) {
    console.error(failure);
  }
  return new ApiError(status, name, message, remedy === null ? {} : { remedy });
}

function statusOf(failure: unknown, name: string): number {
  if (failure instanceof GlulamError || failure instanceof StepFailed) {
    return name === 'SourceChanged' ? 409 : name === 'StorageFailed' ? 503 : 422;
  }
  return name === 'CatalogFailed' || name === 'StorageFailed' || name === 'InvalidSetting' ? 503 : 500;
}
