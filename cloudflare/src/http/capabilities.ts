import { hasOutside } from '../engine/outside.ts';
import type { Call } from './call.ts';

/** GET /capabilities: what of the API this side has; routes of what it lacks answer 501. */
export function capabilities({ env, settings }: Call): Response {
  return Response.json({
    engines: hasOutside(env) ? ['wasm', 'container'] : ['wasm'],
    publish: ['in-place', 'new-key'],
    callbacks: settings.callbacks.hosts.size > 0,
    compactions: false,
    feed: true,
    folderMerges: false,
    merges: true,
    metrics: true,
    plans: true,
    scan: true,
    tables: false,
    webhooks: true,
  });
}
