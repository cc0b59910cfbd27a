package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Order;
import io.glulam.s3.client.RetryPolicy;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.StoreAbility;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our client keeps the contract on an implementation of S3 in another process, and a compaction in place works on it, with
 * the capabilities that our probe finds. CI runs it against S3Mock.
 */
@EnabledIfEnvironmentVariable(
        named = "GLULAM_S3_ENDPOINT",
        matches = "http://.+",
        disabledReason = "examples/s3-local.sh serve starts a server; CI does")
class ForeignS3ContractTest extends StoreContract {
    private static final URI ENDPOINT =
            URI.create(System.getenv().getOrDefault("GLULAM_S3_ENDPOINT", "http://127.0.0.1"));
    private static final String BUCKET = "bucket";

    private static Set<StoreAbility> findings;
    private static S3Store store;

    @TempDir
    private Path folder;

    @BeforeAll
    static void probe() {
        S3Store plain = Stores.over(ENDPOINT, BUCKET, S3Capabilities.S3, RetryPolicy.DEFAULT);
        findings = new S3Probe(plain, "probe/").run();
        store = Stores.over(ENDPOINT, BUCKET, S3Capabilities.S3.with(findings), RetryPolicy.DEFAULT);
    }

    @Override
    ObjectStore store() {
        return store;
    }

    @Override
    String key() {
        return anyName();
    }

    /** So that nothing of the contract is passed over because it is taken for missing. */
    @Test
    void probeFindsAllThatS3CanDo() {
        assertThat(findings).containsExactly(StoreAbility.values());
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void objectBecomesWhatTheFileWouldBecome(Order order) throws IOException {
        ForeignCompaction.inPlace(new ObjectRef(store, anyName()), order, folder);
    }
}
