package io.glulam.service.workflow;

import io.glulam.service.request.CompactionRequest;
import io.glulam.service.worth.Prices;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a workflow.
 *
 * @param concurrency how many instances this server runs at once
 * @param mostQueued how many may be queued, of all servers on the database
 * @param policies retries of steps, by their names; {@link RetryPolicy#DEFAULT} for the others
 * @param defaults of requests
 * @param resources that a compaction may take
 * @param retention how long instances are kept after they have ended
 * @param poll interval at which flagged datasets are queued; zero for never
 * @param callbackSecret that callbacks are signed with; null if there are none
 * @param callbackDelay before the first retry of a callback; each further retry waits twice as long
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

    /** Returns the name alone, since the settings hold a secret. */
    @Override
    public String toString() {
        return "WorkflowSettings";
    }

    /** Returns the retries of a step. */
    RetryPolicy policy(String step) {
        return policies.getOrDefault(step, RetryPolicy.DEFAULT);
    }
}
