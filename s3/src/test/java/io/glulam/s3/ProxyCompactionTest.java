package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.plan.Order;
import io.glulam.storage.NewObject;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compactions of an object in a store that is not ours. */
class ProxyCompactionTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Order.class)
    void objectBecomesWhatTheFileWouldBecome(Order order) throws IOException {
        byte[] source = Fragmented.large(folder, 1);
        Path local = Files.write(folder.resolve("local.parquet"), source);
        Compactor compactor = new Compactor(CompactionOptions.defaults().withSettings(Fragmented.settings(order)));
        compactor.compactInPlace(local);

        try (ProxyServer server = ProxyServer.start(Files.createDirectory(folder.resolve("store")))) {
            StoredObject object = new StoredObject(server.store(S3Capabilities.S3), "a/b c.parquet");
            put(object, source);

            CompactionReport report = compactor.compactInPlace(object);

            assertThat(report.published()).isTrue();
            assertThat(get(object)).isEqualTo(Files.readAllBytes(local));
        }
    }

    private static void put(StoredObject object, byte[] bytes) {
        try (ObjectWriter writer =
                object.store().create(object.key(), NewObject.of(new PublishCondition.Absent(), bytes.length))) {
            writer.append(ByteBuffer.wrap(bytes));
            writer.publish();
        }
    }

    private static byte[] get(StoredObject object) {
        try (RangeReader reader = object.store().open(object.key())) {
            ByteBuffer bytes = ByteBuffer.allocate((int) reader.size());
            reader.read(0, bytes);
            return bytes.array();
        }
    }
}
