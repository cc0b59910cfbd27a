package io.glulam.s3;

import io.glulam.s3.client.RetryPolicy;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.StoreAbility;
import io.glulam.storage.StoreCapabilities;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Our client keeps the contract on Cloudflare's own emulator of R2, where the test script has started it. */
@EnabledIfEnvironmentVariable(
        named = "GLULAM_R2_ENDPOINT",
        matches = "http://.+",
        disabledReason = "examples/r2-local.sh serve starts the emulator; CI does")
class EmulatorContractTest extends StoreContract {
    /** The emulator ignores conditions on Complete. */
    private static final StoreCapabilities CAPABILITIES =
            S3Capabilities.R2.without(Set.of(StoreAbility.CONDITIONAL_SOURCE, StoreAbility.CONDITIONAL_PUBLISH));

    private static final S3Store STORE = Stores.over(
            URI.create(System.getenv().getOrDefault("GLULAM_R2_ENDPOINT", "http://127.0.0.1")),
            "bkt",
            CAPABILITIES,
            RetryPolicy.DEFAULT);

    @Override
    ObjectStore store() {
        return STORE;
    }

    @Override
    String key() {
        return anyName();
    }
}
