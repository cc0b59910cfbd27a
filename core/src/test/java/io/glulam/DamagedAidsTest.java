package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.footer.FooterReader;
import io.glulam.local.LocalFileReader;
import io.glulam.local.LocalStore;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.oracle.Pruning;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.TripletComparison;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.SortingColumn;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A damaged index, bloom filter or statistic never refuses a file: it is left out, and the report says so. */
@Tag("once")
class DamagedAidsTest {
    private static final int ROWS = 300;
    private static final int GROUPS = 4;

    @TempDir
    Path folder;

    /** Damage of an aid, done to every chunk's footer entry, and the word for the aid. */
    static Stream<Arguments> damage() {
        return Stream.of(
                damage("offset index", chunk -> chunk.setOffset_index_offset(1 << 20)),
                damage("offset index", chunk -> chunk.setOffset_index_offset(Long.MAX_VALUE)),
                damage("offset index", chunk -> chunk.setOffset_index_offset(-5)),
                damage("offset index", chunk -> chunk.setOffset_index_length(-5)),
                damage("offset index", chunk -> chunk.setOffset_index_length(1 << 20)),
                damage("offset index", ColumnChunk::unsetOffset_index_length),
                damage("column index", chunk -> chunk.setColumn_index_offset(1 << 20)),
                damage("column index", chunk -> chunk.setColumn_index_length(Integer.MAX_VALUE)),
                damage("column index", chunk -> chunk.setColumn_index_offset(2)),
                damage("bloom filter", chunk -> chunk.getMeta_data().setBloom_filter_offset(1 << 20)),
                damage("bloom filter", chunk -> chunk.getMeta_data().setBloom_filter_offset(-1)),
                damage("bloom filter", chunk -> chunk.getMeta_data().setBloom_filter_length(1 << 30)));
    }

    private static Arguments damage(String aid, Consumer<ColumnChunk> change) {
        return Arguments.of(aid, change);
    }

    @ParameterizedTest
    @MethodSource("damage")
    void oneThatLiesOutsideOfTheFilesDataIsLeftOutOfMergedRowGroups(String aid, Consumer<ColumnChunk> damage)
            throws IOException {
        CompactionReport report = compact(write(damage, GROUPS), Effort.COPY);

        assertThat(report.after().rowGroups()).isEqualTo(1);
        assertThat(report.dropped())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(aid + " of row group 0, column x and of 7 more column chunks: ")
                        .contains("does not lie within the file's data"));
    }

    @ParameterizedTest
    @MethodSource("damage")
    void oneThatLiesOutsideOfTheFilesDataIsLeftOutOfKeptRowGroups(String aid, Consumer<ColumnChunk> damage)
            throws IOException {
        Path source = write(damage, GROUPS, 40);

        CompactionReport report = compact(source, Effort.COPY, new Threshold.Fixed(4_000));

        assertThat(report.after().rowGroups()).isEqualTo(2);
        assertThat(report.dropped())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(aid + " of row group ")
                        .contains("does not lie within the file's data"));
    }

    @ParameterizedTest
    @MethodSource("damage")
    void strictRefusesToLoseItAndSaysWhereAndWhatToDo(String aid, Consumer<ColumnChunk> damage) throws IOException {
        Path source = write(damage, GROUPS);
        for (Threshold threshold : new Threshold[] {new Threshold.Fixed(1L << 30), new Threshold.Fixed(6_000)}) {
            Settings settings = settings(Effort.COPY).withStrict(true).withThreshold(threshold);
            assertThatThrownBy(() -> new Compactor(CompactionOptions.defaults().withSettings(settings))
                            .run(Job.of(source, folder.resolve("strict.parquet"))))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("row group 0, column x: the " + aid + " would be lost")
                    .hasMessageContaining("do without strictness");
            assertThat(folder.resolve("strict.parquet")).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource(Effort.class)
    void indexesThatAreNoIndexesAreLeftOut(Effort effort) throws IOException {
        Path source = write(
                chunk -> {
                    chunk.setColumn_index_offset(4).setColumn_index_length(30);
                    chunk.setOffset_index_offset(9).setOffset_index_length(30);
                    chunk.getMeta_data().setBloom_filter_offset(7);
                },
                GROUPS);
        CompactionReport report = compact(source, effort);

        if (effort == Effort.COPY) {
            assertThat(report.dropped())
                    .anySatisfy(line -> assertThat(line).startsWith("column index of row group 0"))
                    .anySatisfy(line -> assertThat(line).startsWith("offset index of row group 0"))
                    .anySatisfy(line -> assertThat(line).startsWith("bloom filter of row group 0"));
        }
    }

    @Test
    void whatCannotBeReadOfKeptRowGroupsIsLeftOut() throws IOException {
        Path source = write(
                chunk -> {
                    chunk.setColumn_index_offset(4).setColumn_index_length(30);
                    chunk.setOffset_index_offset(9).setOffset_index_length(30);
                    chunk.getMeta_data().setBloom_filter_offset(7);
                },
                GROUPS,
                40);

        CompactionReport report = compact(source, Effort.COPY, new Threshold.Fixed(4_000));

        assertThat(report.dropped())
                .anySatisfy(line -> assertThat(line).startsWith("column index of row group 0"))
                .anySatisfy(line -> assertThat(line).startsWith("offset index of row group "))
                .anySatisfy(line -> assertThat(line).startsWith("bloom filter of row group 0"));
    }

    @ParameterizedTest
    @EnumSource(Effort.class)
    void sizesOffsetsAndOrdersThatNoReaderLooksAtDoNotRefuse(Effort effort) throws IOException {
        FileScript script = script(
                chunk -> {
                    chunk.getMeta_data().setTotal_uncompressed_size(-1).setIndex_page_offset(1 << 20);
                    chunk.getMeta_data().setDictionary_page_offset(-1);
                },
                GROUPS);
        script.tamper(meta -> meta.getRow_groups()
                .forEach(group -> group.setTotal_byte_size(-7)
                        .setTotal_compressed_size(-7)
                        .setSorting_columns(List.of(new SortingColumn(99, false, false)))));
        compact(Files.write(folder.resolve("source.parquet"), script.bytes()), effort);
    }

    @Test
    void aSortOrderWithAColumnThatIsNotThereIsNone() throws IOException {
        FileScript script = script(chunk -> {}, GROUPS);
        script.tamper(meta -> meta.getRow_groups()
                .forEach(group -> group.setSorting_columns(
                        List.of(new SortingColumn(0, false, false), new SortingColumn(99, false, false)))));
        Path source = Files.write(folder.resolve("source.parquet"), script.bytes());

        try (LocalFileReader reader = LocalFileReader.open(source)) {
            assertThat(FooterReader.read(reader, 1 << 20).sortingColumns(0)).isEmpty();
        }
    }

    @Test
    void theyAreFoundToBeDamagedByPlanAndVerifyToo() throws IOException {
        Path source = write(
                chunk -> chunk.setColumn_index_offset(1 << 20)
                        .setOffset_index_offset(1 << 20)
                        .getMeta_data()
                        .setBloom_filter_offset(1 << 20),
                GROUPS);
        assertThat(new Compactor(CompactionOptions.defaults()).plan(source).isEmpty())
                .isFalse();
        assertThat(FileVerifier.firstDifference(source, source, CompactionOptions.defaults()))
                .isEmpty();
    }

    /** Kept row groups, and merged ones whose values are not decoded. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("damage")
    void planTellsWhatWillBeLeftOutAndStrictRefusesIt(String aid, Consumer<ColumnChunk> damage) throws IOException {
        for (Path source : List.of(write(damage, GROUPS), write(damage, GROUPS, 40))) {
            Settings settings = settings(Effort.COPY).withThreshold(new Threshold.Fixed(4_000));
            Compactor compactor = new Compactor(
                    CompactionOptions.defaults().withSettings(settings).withOverwrite(true));
            List<String> told = compactor.preview(LocalStore.object(source)).dropped();
            assertThat(told)
                    .containsExactlyInAnyOrderElementsOf(compactor
                            .run(Job.of(source, folder.resolve("output.parquet")))
                            .dropped());
            assertThat(told).anyMatch(line -> line.startsWith(aid));
            Compactor strict = new Compactor(CompactionOptions.defaults().withSettings(settings.withStrict(true)));
            assertThatThrownBy(() -> strict.preview(LocalStore.object(source)))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("the " + aid + " would be lost");
        }
    }

    @Test
    void planTellsOfASoundFileThatNothingIsLeftOut() throws IOException {
        Path source = write(chunk -> {}, GROUPS, 40);
        assertThat(new Compactor(CompactionOptions.defaults())
                        .preview(LocalStore.object(source))
                        .dropped())
                .isEmpty();
    }

    private CompactionReport compact(Path source, Effort effort) throws IOException {
        return compact(source, effort, new Threshold.Fixed(1L << 30));
    }

    private CompactionReport compact(Path source, Effort effort, Threshold threshold) throws IOException {
        Path output = folder.resolve("output.parquet");
        CompactionReport report = new Compactor(CompactionOptions.defaults()
                        .withSettings(settings(effort).withThreshold(threshold)))
                .run(Job.of(source, output));
        assertThat(report.plan().isEmpty()).isFalse();
        assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
        assertThat(DuckDb.firstDifference(source, output)).isEmpty();
        assertThat(Pruning.equivalence(source, output, 1)).isEmpty();
        return report;
    }

    private static Settings settings(Effort effort) {
        return Settings.defaults().withEffort(effort);
    }

    private Path write(Consumer<ColumnChunk> damage, int groups) throws IOException {
        return Files.write(
                folder.resolve("source.parquet"), script(damage, groups).bytes());
    }

    /** With a row group in front that is so many times as large. */
    private Path write(Consumer<ColumnChunk> damage, int groups, int times) throws IOException {
        FileScript script = script(damage, groups);
        script.rowGroups().add(0, rowGroup(script.leaves(), damage, 0, ROWS * times));
        return Files.write(folder.resolve("source.parquet"), script.bytes());
    }

    private static FileScript script(Consumer<ColumnChunk> damage, int groups) {
        FileScript script = new FileScript(
                new SchemaScript()
                        .required("x", Type.INT32)
                        .optional("y", Type.INT64)
                        .build(),
                1);
        for (int group = 0; group < groups; group++) {
            script.rowGroup(rowGroup(script.leaves(), damage, group, ROWS));
        }
        return script;
    }

    private static RowGroupScript rowGroup(List<LeafColumn> leaves, Consumer<ColumnChunk> damage, int group, int rows) {
        List<ChunkScript> chunks = new ArrayList<>();
        for (LeafColumn leaf : leaves) {
            int[] definition = new int[rows];
            Values.Builder values = new Values.Builder(rows);
            Arrays.setAll(definition, row -> row % 5 == 0 ? 0 : leaf.maxDefinitionLevel());
            for (int row = 0; row < rows; row++) {
                if (definition[row] == leaf.maxDefinitionLevel()) {
                    values.addNumber(1_000L * group + row, leaf.index() == 0 ? 4 : 8);
                }
            }
            chunks.add(new ChunkScript(leaf, new Triplets(new int[rows], definition, values.build()))
                    .evenPages(100)
                    .withColumnIndex()
                    .withOffsetIndex()
                    .bloomFilter(256)
                    .tamper(damage));
        }
        return new RowGroupScript(rows, chunks);
    }
}
