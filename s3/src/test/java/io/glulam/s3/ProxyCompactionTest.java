package io.glulam.s3;

import io.glulam.plan.Order;
import io.glulam.storage.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compactions of an object in s3proxy. */
class ProxyCompactionTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Order.class)
    void objectBecomesWhatTheFileWouldBecome(Order order) throws IOException {
        try (ProxyServer server = ProxyServer.start(Files.createDirectory(folder.resolve("store")))) {
            StoredObject object = new StoredObject(server.store(S3Capabilities.S3), "a/b c.parquet");
            ForeignCompaction.inPlace(object, order, folder);
        }
    }
}
