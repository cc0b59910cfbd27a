package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.local.DiskSpool;
import io.glulam.plan.Order;
import io.glulam.plan.Settings;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.WriteRequest;
import io.glulam.testkit.generate.MixedObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compactions in place in stores that are not ours. */
final class ForeignCompaction {
    private ForeignCompaction() {}

    /** Puts a fragmented object, compacts it, and holds the result against the same compaction of a file. */
    static void inPlace(ObjectRef object, Order order, Path folder) throws IOException {
        Path local = MixedObject.write(folder, 45_000_000, 2, 0.12);
        byte[] source = Files.readAllBytes(local);
        Compactor compactor = new Compactor(
                CompactionOptions.defaults().withSettings(Settings.defaults().withOrder(order)));
        compactor.run(Job.inPlace(local));
        put(object, source);

        CompactionReport report = compactor.run(Job.inPlace(object));

        assertThat(report.published()).isTrue();
        assertThat(report.unguarded()).isEmpty();
        assertThat(report.cost().traffic().copied()).isPositive();
        assertThat(get(object)).isEqualTo(Files.readAllBytes(local));
    }

    /** Puts an object as a stranger would. */
    static void put(ObjectRef object, byte[] bytes) {
        try (ObjectWriter writer = object.store()
                .create(
                        object.key(),
                        WriteRequest.of(new PublishCondition.Absent(), bytes.length, DiskSpool.IN_SYSTEM_FOLDER))) {
            writer.append(ByteBuffer.wrap(bytes));
            writer.publish();
        }
    }

    private static byte[] get(ObjectRef object) {
        try (RangeReader reader = object.store().open(object.key())) {
            ByteBuffer bytes = ByteBuffer.allocate((int) reader.size());
            reader.read(0, bytes);
            return bytes.array();
        }
    }
}
