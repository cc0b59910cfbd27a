package io.glulam.s3;

import io.glulam.storage.ObjectStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Our client keeps the contract on s3proxy, which checks signatures. */
class ProxyContractTest extends StoreContract {
    @TempDir
    private static Path folder;

    private static ProxyServer server;
    private static S3Store store;

    @BeforeAll
    static void start() {
        server = ProxyServer.start(folder);
        store = server.store(S3Capabilities.S3);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    ObjectStore store() {
        return store;
    }

    @Override
    String key() {
        return anyName();
    }
}
