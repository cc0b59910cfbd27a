package io.glulam.s3;

import io.glulam.plan.Order;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** A small file of healthy row groups with runs of fragments between them. */
final class Fragmented {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            "message m { required int64 id; optional binary name (STRING); optional double value; }");

    /** Under which its fragments are. */
    static final long THRESHOLD = 128 << 10;

    private static final int HEALTHY = 30_000;
    private static final int FRAGMENT = 1500;

    private Fragmented() {}

    /** {@code H f f H f f f H f f H}: about 1.2 MB. */
    static byte[] file(Path folder, long seed) {
        return file(
                folder, seed, HEALTHY, FRAGMENT, FRAGMENT, HEALTHY, FRAGMENT, FRAGMENT, FRAGMENT, HEALTHY, FRAGMENT,
                FRAGMENT, HEALTHY);
    }

    /** Row groups of so many rows. */
    static byte[] file(Path folder, long seed, int... rows) {
        try {
            Path file = folder.resolve("fragmented-" + seed + "-" + rows.length + ".parquet");
            ParquetJavaFiles.write(FileRecipe.of(seed, SCHEMA).withRows(rows), file);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Settings settings(Order order) {
        return Settings.defaults().withThreshold(new Threshold.Fixed(THRESHOLD)).withOrder(order);
    }
}
