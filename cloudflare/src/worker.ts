import { IN_DEVELOPMENT, ledgerOf, type Env } from './env.ts';
import { answer } from './http/api.ts';

export { LocalCatalog } from './catalog/local.ts';
export { Ledger } from './ledger/ledger.ts';
export { CompactionWorkflow } from './workflow/workflow.ts';

let looked = !IN_DEVELOPMENT;

export default {
  async fetch(request, env, context) {
    if (!looked) {
      // What was under way when `wrangler dev` was stopped goes on now.
      looked = true;
      context.waitUntil(ledgerOf(env).watch());
    }
    return answer(request, env);
  },
} satisfies ExportedHandler<Env>;
