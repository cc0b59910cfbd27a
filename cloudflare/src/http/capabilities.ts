import { hasOutside } from '../engine/outside.ts';
import type { Env } from '../env.ts';

/** What of the API this side has; routes of what it lacks answer 501. */
export function capabilitiesOf(env: Env): Record<string, unknown> {
  return { engines: hasOutside(env) ? ['wasm', 'container'] : ['wasm'], ...CAPABILITIES };
}

const CAPABILITIES = {
  publish: ['in-place', 'new-key'],
  callbacks: false,
  compactions: false,
  feed: true,
  metrics: false,
  scan: true,
  webhooks: true,
} as const;
