package io.glulam.service.workflow;

import io.glulam.service.request.CompactionRequest;
import io.glulam.service.worth.Prices;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the workflow goes about it.
 *
 * @param concurrency how many instances this server runs at once
 * @param mostQueued how many may be queued, of all servers on the database
 * @param policies how often steps are tried again, by their names; {@link RetryPolicy#DEFAULT} for the others
 * @param defaults what holds where a request says nothing
 * @param resources what a compaction may take
 * @param retention how long instances are kept after they have ended
 * @param poll how often flagged datasets are looked for; zero for never
 * @param callbackSecret that callbacks are signed with; null if there are none
 * @param callbackDelay before a callback is tried again; each further time waits twice as long
 * @param prices what objects and requests cost
 */
public record WorkflowSettings(
        int concurrency,
        long mostQueued,
        Map<String, RetryPolicy> policies,
        CompactionRequest.Defaults defaults,
        CompactionResources resources,
        Duration retention,
        Duration poll,
        @Nullable String callbackSecret,
        Duration callbackDelay,
        Prices prices) {
    public WorkflowSettings {
        policies = Map.copyOf(policies);
    }

    /** Says nothing: it holds a secret. */
    @Override
    public String toString() {
        return "WorkflowSettings";
    }

    /** How often that step is tried again. */
    RetryPolicy policy(String step) {
        return policies.getOrDefault(step, RetryPolicy.DEFAULT);
    }
}
