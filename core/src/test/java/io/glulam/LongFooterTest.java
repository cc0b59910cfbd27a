package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.RepeatedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A footer that is longer than the buffers is planned and compacted through windows, unless it has too many row groups. */
class LongFooterTest {
    private static final long BUFFERS = 4 << 20;

    /** Read for headers, samples and merging, in all, in bytes for each byte of the file: three passes, and no more. */
    private static final double MOST_READ = 3;

    @TempDir
    Path folder;

    /** Writes a file whose footer is longer than the buffers. */
    private Path source(int columnCount, int rowGroups) throws IOException {
        String columns = IntStream.range(0, columnCount)
                .mapToObj(column -> "(i + " + column + ")::INTEGER AS c" + column)
                .collect(Collectors.joining(", "));
        Path once = DuckDbFiles.write(
                "SELECT " + columns + " FROM range(100) t(i)",
                2048,
                "COMPRESSION snappy",
                folder.resolve("once.parquet"));
        Path source = folder.resolve("source.parquet");
        RepeatedFile.write(once, source, rowGroups);
        return source;
    }

    @Test
    void givesTheSamePlanAndTheSameBytesAsWithMemoryForAllOfIt() throws IOException {
        Path source = source(100, 1000);
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

    @Test
    void isRefusedWithTheMemoryThatItNeedsIfItHasTooManyRowGroups() throws IOException {
        Path source = source(30, 3000);
        Compactor compactor = new Compactor(CompactionOptions.defaults().withBufferBytes(BUFFERS));
        Path target = folder.resolve("target.parquet");

        assertThatThrownBy(() -> compactor.plan(source))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("planning a footer of 3000 row groups")
                .hasMessageContaining("raise --memory to 37 MiB");
        assertThatThrownBy(() -> compactor.run(Job.of(source, target))).isInstanceOf(Unsupported.class);
        assertThat(target).doesNotExist();
    }
}
