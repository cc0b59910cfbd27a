import { METRICS_TYPE } from '../metrics/text.ts';
import type { Call } from './call.ts';

/** GET /metrics. */
export async function metrics(call: Call): Promise<Response> {
  return new Response(await call.ledger.metrics(), { headers: { 'Content-Type': METRICS_TYPE } });
}
