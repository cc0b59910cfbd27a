package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.CompactionOptions;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.error.Unsupported;
import io.glulam.plan.Order;
import io.glulam.storage.ObjectRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
            ObjectRef object = new ObjectRef(server.store(S3Capabilities.S3), "a/b c.parquet");
            ForeignCompaction.inPlace(object, order, folder);
        }
    }

    @Test
    void objectOfATableIsNotOverwritten() throws IOException {
        try (ProxyServer server = ProxyServer.start(Files.createDirectory(folder.resolve("store")))) {
            S3Store store = server.store(S3Capabilities.S3);
            ObjectRef source = new ObjectRef(store, "a.parquet");
            ObjectRef target = new ObjectRef(store, "t/b.parquet");
            ForeignCompaction.put(source, Fragmented.file(folder, 1));
            ForeignCompaction.put(target, new byte[] {2});
            Compactor compactor = new Compactor(CompactionOptions.defaults()
                    .withSettings(Fragmented.settings(Order.PRESERVE))
                    .withOverwrite(true));
            ForeignCompaction.put(new ObjectRef(store, "t/_delta_log/0.json"), new byte[] {1});

            assertThatThrownBy(() -> compactor.run(Job.of(source, target)))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("belongs to a Delta table");

            store.delete("t/_delta_log/0.json");
            assertThat(compactor.run(Job.of(source, target)).published()).isTrue();
        }
    }
}
