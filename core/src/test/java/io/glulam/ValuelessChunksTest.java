package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row groups without values: their chunks have no data page, and some a dictionary page alone, as Arrow writes them. */
class ValuelessChunksTest {
    @TempDir
    Path folder;

    @Test
    void dictionaryPagesAloneMoveWithTheirRowGroups() throws IOException {
        Path first = write("a.parquet", 0, true);
        Path second = write("b.parquet", 0, true);
        Path merged = folder.resolve("merged.parquet");

        assertThat(merge(merged, first, second)).isEqualTo(MergeReport.Outcome.MERGED);

        try (ParquetFile source = ParquetFile.open(first);
                ParquetFile output = ParquetFile.open(merged)) {
            assertThat(output.metaData().getRow_groups()).hasSize(2);
            for (int group = 0; group < 2; group++) {
                for (int leaf = 0; leaf < 2; leaf++) {
                    ColumnMetaData before = chunk(source, 0, leaf);
                    ColumnMetaData after = chunk(output, group, leaf);
                    assertThat(after.getData_page_offset()).isZero();
                    assertThat(dictionary(merged, after)).isEqualTo(dictionary(first, before));
                }
            }
        }
        assertThat(DuckDb.firstDifference(first, merged)).isEmpty();
    }

    /** Without any page, an entry may still hold sizes. */
    @Test
    void rowGroupsWithoutAnyPageMoveAsWell() throws IOException {
        Path bare = write("a.parquet", 0, false);
        Path bareToo = write("b.parquet", 0, false);
        Path other = write("c.parquet", 0, true);
        int number = 0;
        for (Path[] inputs : new Path[][] {{bare, bareToo}, {bare, other}, {other, bare}, {other, bare, bareToo}}) {
            Path merged = folder.resolve("merged-" + number++ + ".parquet");

            assertThat(merge(merged, inputs)).isEqualTo(MergeReport.Outcome.MERGED);

            assertThat(DuckDb.firstDifference(bare, merged)).isEmpty();
        }
    }

    @Test
    void besideFilesWithRowsTheyAreLeftOut() throws IOException {
        Path empty = write("a.parquet", 0, true);
        Path full = write("b.parquet", 3, true);
        Path last = write("c.parquet", 3, true);
        Path merged = folder.resolve("merged.parquet");

        assertThat(merge(merged, empty, full, last)).isEqualTo(MergeReport.Outcome.MERGED);

        try (ParquetFile source = ParquetFile.open(full);
                ParquetFile output = ParquetFile.open(merged)) {
            assertThat(output.metaData().getRow_groups()).hasSize(1);
            assertThat(TripletComparison.firstDifferenceOfSome(
                            source, IntStream.of(0, 0).toArray(), output))
                    .isEmpty();
        }
    }

    private static MergeReport.Outcome merge(Path output, Path... inputs) {
        FoundInputs found = FoundInputs.of(Stream.of(inputs)
                .map(file -> new Candidate(LocalStore.object(file), ""))
                .toList());
        return new Merger(MergeOptions.defaults())
                .merge(found, (group, index) -> LocalStore.object(output))
                .outcome();
    }

    private static ColumnMetaData chunk(ParquetFile file, int group, int leaf) {
        return file.metaData().getRow_groups().get(group).getColumns().get(leaf).getMeta_data();
    }

    private static byte[] dictionary(Path file, ColumnMetaData chunk) throws IOException {
        int from = (int) chunk.getDictionary_page_offset();
        return Arrays.copyOfRange(
                Files.readAllBytes(file), from, from + Math.toIntExact(chunk.getTotal_compressed_size()));
    }

    private Path write(String name, int rows, boolean dictionaries) throws IOException {
        FileScript script = new FileScript(
                new SchemaScript()
                        .optional("x", Type.INT32)
                        .optional("y", Type.INT64)
                        .build(),
                1);
        List<ChunkScript> chunks = script.leaves().stream()
                .map(leaf -> chunk(leaf, rows, dictionaries))
                .toList();
        return Files.write(
                folder.resolve(name),
                script.rowGroup(new RowGroupScript(rows, chunks)).bytes());
    }

    private static ChunkScript chunk(LeafColumn leaf, int rows, boolean dictionary) {
        int length = leaf.index() == 0 ? 4 : 8;
        Values.Builder values = new Values.Builder(rows);
        IntStream.range(0, rows).forEach(row -> values.addNumber(row, length));
        int[] definition = new int[rows];
        Arrays.fill(definition, 1);
        ChunkScript chunk = new ChunkScript(leaf, new Triplets(new int[rows], definition, values.build()))
                .evenPages(100)
                .stats(ChunkScript.Stats.NONE);
        if (dictionary && rows == 0) {
            Values.Builder entries = new Values.Builder(leaf.index() + 1);
            IntStream.rangeClosed(0, leaf.index()).forEach(entry -> entries.addNumber(entry, length));
            chunk.dictionary(entries.build());
        }
        return rows > 0
                ? chunk
                : chunk.tamper(entry -> {
                    entry.getMeta_data().setData_page_offset(0);
                    if (!dictionary) {
                        entry.getMeta_data().setTotal_compressed_size(14).setTotal_uncompressed_size(14);
                    }
                });
    }
}
