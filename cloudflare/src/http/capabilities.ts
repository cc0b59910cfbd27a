import { hasOutside } from '../engine/outside.ts';
import { hasFolders } from '../folder/bucket-name.ts';
import { hasTables } from '../tables/container.ts';
import type { Call } from './call.ts';

/** GET /capabilities: what of the API this side has; routes of what it lacks answer 501. */
export async function capabilities({ env, settings }: Call): Promise<Response> {
  return Response.json({
    engines: hasOutside(env) ? ['wasm', 'container'] : ['wasm'],
    publish: ['in-place', 'new-key'],
    callbacks: settings.callbacks.hosts.size > 0,
    compactions: false,
    feed: true,
    folderMerges: hasFolders(env),
    merges: true,
    metrics: true,
    plans: true,
    scan: true,
    tables: await hasTables(env),
    webhooks: true,
  });
}
