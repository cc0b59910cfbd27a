import { IN_DEVELOPMENT, type Env } from './env.ts';
import { consume } from './feed/consumer.ts';
import { poll } from './feed/poll.ts';
import { answer } from './http/api.ts';
import { ledgerOf } from './instance/ledger.ts';

export { LocalCatalog } from './catalog/local.ts';
export { BucketAllowance } from './feed/bucket-allowance.ts';
export { ObjectKeeper } from './feed/keeper.ts';
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
  queue: consume,
  scheduled: (_, env) => poll(env),
} satisfies ExportedHandler<Env>;
