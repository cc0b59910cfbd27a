package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.RepeatedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A footer that is longer than the buffers is planned and compacted through windows. */
class LongFooterTest {
    private static final long BUFFERS = 4 << 20;
    private static final int COLUMNS = 100;

    /** Read for headers, samples and merging, in all, in bytes for each byte of the file: three passes, and no more. */
    private static final double MOST_READ = 3;

    @TempDir
    Path folder;

    private Path source;

    @BeforeEach
    void aFooterOfMoreThanTheBuffers() throws IOException {
        String columns = IntStream.range(0, COLUMNS)
                .mapToObj(column -> "(i + " + column + ")::INTEGER AS c" + column)
                .collect(Collectors.joining(", "));
        Path once = DuckDbFiles.write(
                "SELECT " + columns + " FROM range(100) t(i)",
                2048,
                "COMPRESSION snappy",
                folder.resolve("once.parquet"));
        source = folder.resolve("source.parquet");
        RepeatedFile.write(once, source, 1000);
    }

    @Test
    void givesTheSamePlanAndTheSameBytesAsWithMemoryForAllOfIt() throws IOException {
        Path windowed = folder.resolve("windowed.parquet");
        Path resident = folder.resolve("resident.parquet");
        Compactor little = new Compactor(CompactionOptions.defaults().withBufferBytes(BUFFERS));
        Compactor much = new Compactor(CompactionOptions.defaults().withBufferBytes(16 * BUFFERS));

        assertThat(little.plan(source)).isEqualTo(much.plan(source));
        CompactionReport report = little.run(Job.of(source, windowed));
        much.run(Job.of(source, resident));

        assertThat(report.after().rowGroups()).isLessThan(report.before().rowGroups());
        assertThat(report.bytesRead()).isLessThan((long) (MOST_READ * Files.size(source)));
        assertThat(Files.mismatch(windowed, resident)).isEqualTo(-1);
    }
}
