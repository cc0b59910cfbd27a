package io.glulam.s3;

import io.glulam.storage.ObjectStore;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Our client keeps the contract on a store that can do little. */
class StrictPlainContractTest extends StoreContract {
    private static final StoreRules RULES = StoreRules.S3.plain();
    private static StrictStore server;

    @BeforeAll
    static void start() {
        server = StrictStore.start(RULES);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    ObjectStore store() {
        return Stores.overPatiently(server, RULES);
    }

    @Override
    String key() {
        return anyName();
    }
}
