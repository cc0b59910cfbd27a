package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.oracle.ParquetJava;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@code total_compressed_size} that is too large: readers stop at the last value, and so does a compaction. */
class OverlongChunksTest {
    private static final int ROWS = 200;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, COPY", "23, COPY", "23, BALANCED", "23, SMALLEST", "200, COPY", "700, BALANCED"})
    void mergedChunksAreTakenUpToTheirLastValue(long over, Effort effort) throws IOException {
        Path source = write(over, -1);
        CompactionReport report = compact(source, effort, 1L << 30);
        assertThat(report.after().rowGroups()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 23, 200, 700})
    void keptChunksThatReachIntoOthersAreTakenUpToTheirLastValue(long over) throws IOException {
        Path source = write(over, 80);

        CompactionReport report = compact(source, Effort.COPY, 10_000);

        assertThat(report.after().rowGroups()).isEqualTo(2);
        try (ParquetFile output = ParquetFile.open(folder.resolve("output.parquet"));
                ParquetFile before = ParquetFile.open(source)) {
            RowGroup kept = output.metaData().getRow_groups().get(0);
            RowGroup original = before.metaData().getRow_groups().get(0);
            for (int leaf = 0; leaf < 2; leaf++) {
                ColumnMetaData chunk = kept.getColumns().get(leaf).getMeta_data();
                assertThat(chunk.getTotal_compressed_size())
                        .isEqualTo(
                                original.getColumns().get(leaf).getMeta_data().getTotal_compressed_size() - over);
            }
            assertThat(kept.getTotal_compressed_size()).isEqualTo(original.getTotal_compressed_size() - 2 * over);
        }
    }

    @Test
    void keptChunksThatReachIntoNothingKeepTheirBytes() throws IOException {
        FileScript script = script(0, 80);
        script.rowGroups().get(0).chunks().get(1).gapBefore(50);
        script.rowGroups().get(0).chunks().get(0).tamper(chunk -> add(chunk.getMeta_data(), 50));
        Path source = Files.write(folder.resolve("source.parquet"), script.bytes());

        compact(source, Effort.COPY, 10_000);

        try (ParquetFile output = ParquetFile.open(folder.resolve("output.parquet"));
                ParquetFile before = ParquetFile.open(source)) {
            assertThat(size(output)).isEqualTo(size(before));
        }
    }

    @Test
    void aKeptChunkWhoseSizeLeavesOutAPageHeaderKeepsItsLastBytes() throws IOException {
        FileScript script = script(0, 80);
        script.rowGroups().get(0).chunks().get(1).tamper(chunk -> add(chunk.getMeta_data(), -20));
        Path source = Files.write(folder.resolve("source.parquet"), script.bytes());
        Path output = folder.resolve("output.parquet");

        new Compactor(CompactionOptions.defaults()
                        .withSettings(
                                Settings.defaults().withEffort(Effort.COPY).withThreshold(new Threshold.Fixed(10_000))))
                .run(Job.of(source, output));

        assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Effort.class)
    void theLastChunkMayReachIntoTheFooter(Effort effort) throws IOException {
        FileScript script = script(0, -1);
        last(script).tamper(chunk -> add(chunk.getMeta_data(), 150));
        compact(Files.write(folder.resolve("source.parquet"), script.bytes()), effort, 1L << 30);
    }

    @Test
    void aKeptChunkMayReachIntoTheFooter() throws IOException {
        FileScript script = script(0, -1);
        script.rowGroup(rowGroup(script.leaves(), 9, 80 * ROWS, 0));
        last(script).tamper(chunk -> add(chunk.getMeta_data(), 150));
        compact(Files.write(folder.resolve("source.parquet"), script.bytes()), Effort.COPY, 10_000);
    }

    @Test
    void oneThatLeavesTheFileIsRefusedAsReadersDo() throws IOException {
        FileScript script = script(0, -1);
        last(script).tamper(chunk -> add(chunk.getMeta_data(), 1 << 20));
        Path source = Files.write(folder.resolve("source.parquet"), script.bytes());
        assertThatThrownBy(() -> compact(source, Effort.COPY, 1L << 30))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("total_compressed_size is")
                .hasMessageContaining("but the file ends at");
    }

    private static ChunkScript last(FileScript script) {
        List<ChunkScript> chunks =
                script.rowGroups().get(script.rowGroups().size() - 1).chunks();
        return chunks.get(chunks.size() - 1);
    }

    private static long size(ParquetFile file) {
        return file.metaData()
                .getRow_groups()
                .get(0)
                .getColumns()
                .get(0)
                .getMeta_data()
                .getTotal_compressed_size();
    }

    private CompactionReport compact(Path source, Effort effort, long threshold) throws IOException {
        Path output = folder.resolve("output.parquet");
        CompactionReport report = new Compactor(CompactionOptions.defaults()
                        .withSettings(
                                Settings.defaults().withEffort(effort).withThreshold(new Threshold.Fixed(threshold))))
                .run(Job.of(source, output));
        assertThat(report.plan().isEmpty()).isFalse();
        assertThat(report.dropped()).isEmpty();
        assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
        assertThat(DuckDb.firstDifference(source, output)).isEmpty();
        assertThat(ParquetJava.firstDifference(source, output)).isEmpty();
        return report;
    }

    private Path write(long over, int times) throws IOException {
        return Files.write(folder.resolve("source.parquet"), script(over, times).bytes());
    }

    /** Four row groups of two columns, each chunk's size too large; if {@code times} is positive, behind a large one. */
    private static FileScript script(long over, int times) {
        FileScript script = new FileScript(
                new SchemaScript()
                        .required("x", Type.INT32)
                        .optional("y", Type.INT64)
                        .build(),
                1);
        if (times > 0) {
            script.rowGroup(rowGroup(script.leaves(), 7, ROWS * times, over));
        }
        for (int group = 0; group < 4; group++) {
            script.rowGroup(rowGroup(script.leaves(), group, ROWS, group < 3 ? over : 0));
        }
        return script;
    }

    private static RowGroupScript rowGroup(List<LeafColumn> leaves, int group, int rows, long over) {
        List<ChunkScript> chunks = new ArrayList<>();
        for (LeafColumn leaf : leaves) {
            int[] definition = new int[rows];
            Arrays.fill(definition, leaf.maxDefinitionLevel());
            Values.Builder values = new Values.Builder(rows);
            for (int row = 0; row < rows; row++) {
                values.addNumber(1_000L * group + row % 50, leaf.index() == 0 ? 4 : 8);
            }
            chunks.add(new ChunkScript(leaf, new Triplets(new int[rows], definition, values.build()))
                    .evenPages(70)
                    .eachPage(page -> page.encoding(leaf.index() == 0 ? Encoding.PLAIN : Encoding.RLE_DICTIONARY))
                    .tamper(chunk -> add(chunk.getMeta_data(), over)));
        }
        return new RowGroupScript(rows, chunks)
                .tamper(entry -> entry.setTotal_compressed_size(entry.getTotal_compressed_size() + 2 * over));
    }

    private static void add(ColumnMetaData chunk, long over) {
        chunk.setTotal_compressed_size(chunk.getTotal_compressed_size() + over);
    }
}
