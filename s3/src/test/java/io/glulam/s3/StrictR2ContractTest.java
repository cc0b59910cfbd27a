package io.glulam.s3;

import io.glulam.storage.ObjectStore;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Our client keeps the contract on a store that is strict as R2 is. */
class StrictR2ContractTest extends StoreContract {
    private static final StoreRules RULES = StoreRules.R2;
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
