package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.ChunkScript.Stats;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.MiscountedRows;
import io.glulam.testkit.bytes.PageScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.oracle.Pruning;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims that no second claim contradicts, or that only page headers make: what is counted decides. */
@Tag("once")
class CountedClaimsTest {
    private static final int ROWS = 120;
    private static final int PAGE = 40;
    private static final int ROW_GROUPS = 3;

    /** Nulls of the first page of each chunk; the second page has none, the third holds nothing else. */
    private static final int NULLS = 8;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aColumnIndexWithNullPagesThatWereCountedIsCarriedOn(int version) throws IOException {
        Path source = write("source", version, chunk -> chunk.withOffsetIndex().withColumnIndex());
        compact(source, pagesStay());
        try (ParquetFile file = ParquetFile.open(output())) {
            for (int leaf = 0; leaf < file.leaves().size(); leaf++) {
                assertThat(file.columnIndex(0, leaf).orElseThrow().getNull_pages())
                        .containsExactly(false, false, true, false, false, true, false, false, true);
            }
        }
        assertThat(Linter.errors(output())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void boundsOfPageHeadersAreNotPutIntoAPageIndex(int version) throws IOException {
        Consumer<ChunkScript> form = chunk -> chunk.eachPage(PageScript::withStatistics);
        Consumer<ChunkScript> lie = chunk -> chunk.eachPage(page -> page.tamperHeader(header -> {
            Statistics statistics = statistics(header);
            if (statistics.isSetMin_value()) {
                statistics.setMax_value(statistics.getMin_value());
            }
        }));
        compact(write("source", version, form.andThen(lie)), pagesStay());
        assertSameAnswers(write("honest", version, form));
    }

    /** The sum is right, so that the chunk's statistics do not show which of the pages has the nulls. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nullCountsOfPageHeadersAreNotPutIntoAPageIndex(int version) throws IOException {
        Consumer<ChunkScript> form = chunk -> chunk.eachPage(PageScript::withStatistics);
        Consumer<ChunkScript> lie = chunk -> {
            chunk.pages().get(0).tamperHeader(header -> setNulls(header, 0));
            chunk.pages().get(1).tamperHeader(header -> setNulls(header, NULLS));
        };
        compact(write("source", version, form.andThen(lie)), pagesStay());
        assertSameAnswers(write("honest", version, form));
    }

    /** In the files that need it there is nothing but the statistics, so that only the levels tell. */
    @ParameterizedTest
    @EnumSource(value = Effort.class, names = "SMALLEST", mode = EnumSource.Mode.EXCLUDE)
    void aNullCountOtherThanThatOfTheCountedLevelsIsNotCarriedOn(Effort effort) throws IOException {
        Path source = write(
                "source",
                1,
                chunk -> chunk.tamper(entry -> {
                    Statistics statistics = entry.getMeta_data().getStatistics();
                    statistics.setNull_count(statistics.getNull_count() + 1);
                }));
        Settings settings = pagesStay().withEffort(effort).withPages(1 << 20, 20_000);
        CompactionReport report = compact(source, settings);

        assertThat(((MergedGroup) report.plan().groups().get(0)).columns())
                .extracting(column -> column.tier())
                .containsExactly(Tier.COALESCE, Tier.REMAP);
        try (ParquetFile file = ParquetFile.open(output())) {
            for (int leaf = 0; leaf < file.leaves().size(); leaf++) {
                assertThat(file.chunkMetaData(0, leaf).getStatistics())
                        .isEqualTo(new Statistics().setNull_count(ROW_GROUPS * (NULLS + PAGE)));
            }
        }
        assertThat(Linter.errors(output())).isEmpty();
    }

    /** Of a repeated column only the levels show which row a page begins with. */
    @Test
    void pageIndexesOfOtherRowsThanWereCountedAreLeftOut() throws IOException {
        FileScript script = MiscountedRows.sound(
                Seeds.base(), 24, chunk -> chunk.withColumnIndex().withOffsetIndex());
        ChunkScript liar = script.rowGroups().get(1).chunks().get(MiscountedRows.LIST);
        liar.tamperOffsetIndex(index -> index.getPage_locations()
                .forEach(page -> page.setFirst_row_index((page.getFirst_row_index() + 1) / 2)));
        Path source = Files.write(folder.resolve("source.parquet"), script.bytes());
        compact(source, pagesStay().withPages(1 << 20, 70));

        try (ParquetFile file = ParquetFile.open(output())) {
            assertThat(file.offsetIndex(0, 0)).isPresent();
            assertThat(file.offsetIndex(0, MiscountedRows.LIST)).isEmpty();
            assertThat(file.columnIndex(0, MiscountedRows.LIST)).isEmpty();
            assertThat(file.offsetIndex(0, MiscountedRows.NESTED)).isPresent();
        }
        assertThat(Linter.errors(output())).isEmpty();
    }

    private void assertSameAnswers(Path honest) throws IOException {
        try (ParquetFile file = ParquetFile.open(output())) {
            ColumnIndex index = file.columnIndex(0, 0).orElseThrow();
            assertThat(index.getNull_pages()).as("pages that moved one by one").hasSize(ROW_GROUPS * ROWS / PAGE);
        }
        assertThat(Pruning.equivalence(honest, output(), 1)).isEmpty();
        assertThat(Linter.errors(output()).stream()
                        .filter(finding -> !finding.message().contains("page at "))
                        .toList())
                .as("besides the headers of pages that moved")
                .isEmpty();
    }

    private static Statistics statistics(PageHeader header) {
        return header.isSetData_page_header_v2()
                ? header.getData_page_header_v2().getStatistics()
                : header.getData_page_header().getStatistics();
    }

    private static void setNulls(PageHeader header, int nulls) {
        statistics(header).setNull_count(nulls);
        if (header.isSetData_page_header_v2()) {
            header.getData_page_header_v2().setNum_nulls(nulls);
        }
    }

    private static Settings pagesStay() {
        return Settings.defaults()
                .withEffort(Effort.COPY)
                .withThreshold(new Threshold.Fixed(1L << 30))
                .withPages(1 << 20, PAGE);
    }

    private Path output() {
        return folder.resolve("output.parquet");
    }

    private CompactionReport compact(Path source, Settings settings) throws IOException {
        CompactionReport report = new Compactor(
                        CompactionOptions.defaults().withSettings(settings).withOverwrite(true))
                .run(Job.of(source, output()));
        assertThat(TripletComparison.firstDifference(source, output())).isEmpty();
        return report;
    }

    private Path write(String name, int version, Consumer<ChunkScript> form) throws IOException {
        FileScript script = new FileScript(
                new SchemaScript()
                        .optional("x", Type.INT32)
                        .text("s", FieldRepetitionType.OPTIONAL)
                        .build(),
                1);
        for (int group = 0; group < ROW_GROUPS; group++) {
            List<ChunkScript> chunks = new ArrayList<>();
            for (LeafColumn leaf : script.leaves()) {
                chunks.add(chunk(leaf, 1_000L * group, version));
            }
            chunks.forEach(form);
            script.rowGroup(new RowGroupScript(ROWS, chunks));
        }
        return Files.write(folder.resolve(name + ".parquet"), script.bytes());
    }

    /** Values rise. */
    private static ChunkScript chunk(LeafColumn leaf, long first, int version) {
        int[] definition = new int[ROWS];
        Values.Builder values = new Values.Builder(ROWS);
        for (int row = 0; row < ROWS; row++) {
            boolean isNull = row < PAGE ? row % (PAGE / NULLS) == 0 : row >= ROWS - PAGE;
            definition[row] = isNull ? 0 : 1;
            if (!isNull && leaf.index() == 0) {
                values.addNumber(first + row, 4);
            } else if (!isNull) {
                byte[] text = ("value " + (100_000 + first + row)).getBytes(StandardCharsets.UTF_8);
                values.add(text, 0, text.length);
            }
        }
        Encoding encoding = leaf.index() == 0 ? Encoding.PLAIN : Encoding.RLE_DICTIONARY;
        return new ChunkScript(leaf, new Triplets(new int[ROWS], definition, values.build()))
                .evenPages(PAGE)
                .eachPage(page -> page.version(version).encoding(encoding))
                .stats(Stats.BOUNDS);
    }
}
