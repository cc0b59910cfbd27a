package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Verify;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.RepeatedFile;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A footer that is longer than the buffers is planned and compacted through windows. */
@Tag("once")
@Tag("large")
class LongFooterTest {
    private static final long BUFFERS = 4 << 20;

    /** Read for headers, samples and merging, in all, in bytes for each byte of the file: three passes, and no more. */
    private static final double MAX_READ = 3;

    private static final double MAX_READ_BY_COPY = 1.3;

    private static final int ROWS = 100;

    @TempDir
    Path folder;

    /** Writes a file whose footer is longer than the buffers. */
    private Path source(int columnCount, int rowGroups) throws IOException {
        return source(columnCount, rowGroups, 0);
    }

    /** @param more what is added to the values of the last column */
    private Path source(int columnCount, int rowGroups, int more) throws IOException {
        return source(columnCount, rowGroups, more, ROWS);
    }

    private Path source(int columnCount, int rowGroups, int more, int rows) throws IOException {
        String columns = IntStream.range(0, columnCount)
                .mapToObj(column ->
                        "(i + " + (column + 1 < columnCount ? column : column + more) + ")::INTEGER AS c" + column)
                .collect(Collectors.joining(", "));
        Path once = DuckDbFiles.write(
                "SELECT " + columns + " FROM range(" + rows + ") t(i)",
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
        assertThat(report.cost().bytesRead()).isLessThan((long) (MAX_READ * Files.size(source)));
        assertThat(Files.mismatch(windowed, resident)).isEqualTo(-1);
    }

    /** Headers for the plan, a sample of what is spliced, and each chunk once where it moves. */
    @Test
    void itsShortChunksAreReadLittleMoreThanOnce() throws IOException {
        Path source = source(100, 500, 0, 4 * ROWS);
        CompactionOptions options = CompactionOptions.defaults()
                .withSettings(Settings.defaults().withEffort(Effort.COPY))
                .withBufferBytes(BUFFERS);

        CompactionReport report = new Compactor(options).run(Job.of(source, folder.resolve("target.parquet")));

        assertThat(report.after().rowGroups()).isLessThan(report.before().rowGroups());
        assertThat(report.cost().bytesRead()).isLessThan((long) (MAX_READ_BY_COPY * Files.size(source)));
    }

    @Test
    void isCompactedHoweverManyRowGroupsItHasIfNotTooManyBecomeOne() throws IOException {
        Path source = source(10, 6000);
        Path windowed = folder.resolve("windowed.parquet");
        Path resident = folder.resolve("resident.parquet");
        CompactionOptions options = CompactionOptions.defaults()
                .withSettings(Settings.defaults().withMaxRows(100_000).withThreshold(new Threshold.Fixed(1 << 20)));

        new Compactor(options.withBufferBytes(BUFFERS)).run(Job.of(source, windowed));
        new Compactor(options.withBufferBytes(16 * BUFFERS)).run(Job.of(source, resident));

        assertThat(Files.mismatch(windowed, resident)).isEqualTo(-1);
    }

    @Test
    void isComparedValueByValue() throws IOException {
        Path source = source(100, 400);
        Path target = folder.resolve("target.parquet");
        CompactionOptions options = CompactionOptions.defaults()
                .withSettings(Settings.defaults().withVerify(Verify.VALUES))
                .withBufferBytes(BUFFERS);
        new Compactor(options).run(Job.of(source, target));

        assertThat(FileVerifier.firstDifference(source, target, options)).isEmpty();
        Path other = source(100, 400, 1);
        assertThat(FileVerifier.firstDifference(other, target, options))
                .hasValueSatisfying(
                        difference -> assertThat(difference.column()).isEqualTo("c99"));
    }

    /** 150,000 column chunks in a heap of 32 MiB, where an entry of each would take 100 MiB. */
    @Test
    void takesMemoryByColumnsAndRowGroupsAndNotByColumnChunks() throws IOException, InterruptedException {
        Path source = source(50, 3000);
        Path output = folder.resolve("output.txt");

        Process process = ChildCompaction.start(source, output, "-Xmx32m", "-Dbuffers=" + BUFFERS * 2);

        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        assertThat(source).exists();
    }

    /** Few chunks whose bounds are long: what is held of a column is counted in bytes, not only in chunks. */
    @Test
    void ofLongBoundsIsCompactedOrRefusedWithTheMemoryThatItNeeds() throws IOException {
        Path source = ofLongBounds(4, 300, 10_000);
        Path target = folder.resolve("target.parquet");
        Settings settings = Settings.defaults().withThreshold(new Threshold.Fixed(1 << 20));
        CompactionOptions little = CompactionOptions.defaults().withBufferBytes(BUFFERS);

        assertThatThrownBy(() -> new Compactor(little.withSettings(settings)).plan(source))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("merging 300 row groups into one")
                .hasMessageContaining("bytes of buffers, or fewer rows in a row group");
        CompactionReport report =
                new Compactor(little.withSettings(settings.withMaxRows(1500))).run(Job.of(source, target));
        assertThat(report.after().rowGroups()).isLessThan(report.before().rowGroups());
        assertThat(FileVerifier.firstDifference(source, target, little)).isEmpty();
    }

    private Path ofLongBounds(int columns, int rowGroups, int length) throws IOException {
        byte[] max = new byte[length];
        Arrays.fill(max, (byte) 0x7f);
        Statistics statistics =
                new Statistics().setNull_count(0).setMin_value(new byte[length]).setMax_value(max);
        SchemaScript schema = new SchemaScript();
        IntStream.range(0, columns).forEach(column -> schema.required("c" + column, Type.BYTE_ARRAY));
        FileScript script = new FileScript(schema.build(), 1);
        List<ChunkScript> chunks = script.leaves().stream()
                .map(leaf -> new ChunkScript(leaf, new Triplets(new int[ROWS], new int[ROWS], texts()))
                        .evenPages(ROWS)
                        .tamper(entry -> entry.getMeta_data().setStatistics(statistics)))
                .toList();
        Path once = Files.write(
                folder.resolve("once.parquet"),
                script.rowGroup(new RowGroupScript(ROWS, chunks)).bytes());
        Path source = folder.resolve("source.parquet");
        RepeatedFile.write(once, source, rowGroups);
        return source;
    }

    private static Values texts() {
        Values.Builder values = new Values.Builder(ROWS);
        for (int row = 0; row < ROWS; row++) {
            byte[] text = ("text " + row).getBytes(StandardCharsets.US_ASCII);
            values.add(text, 0, text.length);
        }
        return values.build();
    }

    @Test
    void isRefusedWithTheMemoryThatItNeedsIfTooManyRowGroupsBecomeOne() throws IOException {
        Path source = source(30, 3000);
        Compactor compactor = new Compactor(CompactionOptions.defaults().withBufferBytes(BUFFERS));
        Path target = folder.resolve("target.parquet");

        assertThatThrownBy(() -> compactor.plan(source))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("merging 3000 row groups into one")
                .hasMessageContaining("bytes of buffers, or fewer rows in a row group");
        assertThatThrownBy(() -> compactor.run(Job.of(source, target))).isInstanceOf(Unsupported.class);
        assertThat(target).doesNotExist();
    }
}
