package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.ChunkScript.Stats;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.PageScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.oracle.Pruning;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A number that is told twice, differently: what is counted is believed, and of two claims neither. Afterwards filters
 * find every row, and the independent linter finds nothing false in what was merged.
 */
@Tag("once")
class ContradictoryClaimsTest {
    private static final int ROWS = 120;
    private static final int PAGE = 40;

    /** Row groups that lie; the last one tells the truth. */
    private static final int LIARS = 2;

    @TempDir
    Path folder;

    /** Lies of a column's chunks. */
    private static final Map<String, Consumer<ChunkScript>> LIES = new TreeMap<>();

    static {
        indexes();
        statistics();
        sizes();
        headers();
    }

    /** Pairs of an honest file and an output that have given the same answers. */
    private static final Set<List<ByteBuffer>> ASKED = new HashSet<>();

    private static void lie(String name, Consumer<ChunkScript> lie) {
        LIES.put(name, lie);
    }

    private static void index(String name, Consumer<ColumnIndex> lie) {
        lie("column index: " + name, chunk -> chunk.tamperColumnIndex(lie));
    }

    private static void stats(String name, Consumer<Statistics> lie) {
        lie(
                "statistics: " + name,
                chunk -> chunk.tamper(entry -> lie.accept(entry.getMeta_data().getStatistics())));
    }

    private static void size(String name, Consumer<SizeStatistics> lie) {
        lie(
                "size statistics: " + name,
                chunk -> chunk.tamper(entry -> lie.accept(entry.getMeta_data().getSize_statistics())));
    }

    private static void indexes() {
        index("a null page with values, counted as such", index -> setNullPage(index, 0, 0L));
        index("a null page with values, all of its nulls counted", index -> setNullPage(index, 0, (long) PAGE));
        index("a null page with values, its nulls unknown", index -> {
            setNullPage(index, 1, 0L);
            index.unsetNull_counts();
            index.unsetDefinition_level_histograms();
        });
        index("null pages throughout", index -> {
            for (int page = 0; page < index.getNull_pagesSize(); page++) {
                setNullPage(index, page, 0L);
            }
        });
        index("the last page is no null page", index -> {
            int last = index.getNull_pagesSize() - 1;
            index.getNull_pages().set(last, false);
            index.getMin_values().set(last, index.getMin_values().get(0));
            index.getMax_values().set(last, index.getMax_values().get(0));
        });
        index("no nulls", index -> index.setNull_counts(Collections.nCopies(index.getNull_pagesSize(), 0L)));
        index(
                "a null too many",
                index -> index.getNull_counts().set(0, index.getNull_counts().get(0) + 1));
        index("more nulls than values", index -> index.getNull_counts().set(0, 1L << 40));
        index("bounds above the chunk's", index -> {
            ByteBuffer max = index.getMax_values().get(1);
            index.getMin_values().set(0, max);
            index.getMax_values().set(0, max);
        });
        index("bounds tighter than the chunk's", index -> {
            for (int page = 0; page < 2; page++) {
                index.getMax_values().set(page, index.getMin_values().get(page));
            }
        });
        index("bounds the wrong way round", index -> {
            ByteBuffer min = index.getMin_values().get(0);
            index.getMin_values().set(0, index.getMax_values().get(0));
            index.getMax_values().set(0, min);
        });
        index("bounds of no value", index -> {
            index.getMin_values().set(0, ByteBuffer.wrap(new byte[3]));
            index.getMax_values().set(0, ByteBuffer.wrap(new byte[3]));
        });
        index(
                "histograms that do not add up",
                index -> index.getDefinition_level_histograms().set(1, 7L));
        index("histograms of other nulls", index -> {
            List<Long> levels = index.getDefinition_level_histograms();
            levels.set(0, levels.get(0) + 1);
            levels.set(1, levels.get(1) - 1);
        });
        lie(
                "offset index: sizes of other pages",
                chunk -> chunk.tamperOffsetIndex(
                        index -> index.getPage_locations().get(0).setCompressed_page_size(17)));
        lie(
                "offset index: rows of other pages",
                chunk -> chunk.tamperOffsetIndex(
                        index -> index.getPage_locations().get(1).setFirst_row_index(PAGE - 1)));
        lie(
                "offset index: pages change places",
                chunk -> chunk.tamperOffsetIndex(index -> Collections.swap(index.getPage_locations(), 0, 1)));
        lie(
                "offset index: a page is missing",
                chunk -> chunk.tamperOffsetIndex(
                        index -> index.getPage_locations().remove(0)));
        lie(
                "offset index: other bytes than the size statistics",
                chunk -> chunk.tamperOffsetIndex((OffsetIndex index) -> index.setUnencoded_byte_array_data_bytes(
                        Collections.nCopies(index.getPage_locationsSize(), 1L))));
    }

    private static void setNullPage(ColumnIndex index, int page, long nulls) {
        index.getNull_pages().set(page, true);
        index.getMin_values().set(page, ByteBuffer.allocate(0));
        index.getMax_values().set(page, ByteBuffer.allocate(0));
        index.getNull_counts().set(page, nulls);
    }

    private static void statistics() {
        stats("all null", statistics -> statistics.setNull_count(ROWS));
        stats("all null, without bounds", statistics -> {
            statistics.setNull_count(ROWS);
            withoutBounds(statistics);
        });
        stats("more nulls than values", statistics -> statistics.setNull_count(ROWS + 1));
        stats("no nulls", statistics -> statistics.setNull_count(0));
        stats("a null too many", statistics -> statistics.setNull_count(statistics.getNull_count() + 1));
        stats("bounds too tight", statistics -> statistics.setMax_value(statistics.getMin_value()));
        stats("bounds the wrong way round", statistics -> {
            byte[] min = statistics.getMin_value();
            statistics.setMin_value(statistics.getMax_value());
            statistics.setMax_value(min);
        });
        stats("bounds of no value", statistics -> {
            statistics.setMin_value(new byte[3]);
            statistics.setMax_value(new byte[3]);
        });
        stats("another maximum in the deprecated field", statistics -> {
            statistics.setMin(statistics.getMin_value());
            statistics.setMax(statistics.getMin_value());
        });
        stats("more distinct values than values", statistics -> statistics.setDistinct_count(1L << 40));
        lie(
                "statistics: encodings that are not there",
                chunk -> chunk.tamper(entry -> entry.getMeta_data()
                        .setEncodings(List.of(Encoding.RLE_DICTIONARY))
                        .setEncoding_stats(
                                List.of(new PageEncodingStats(PageType.DATA_PAGE, Encoding.RLE_DICTIONARY, 3)))));
        lie(
                "statistics: another uncompressed size",
                chunk -> chunk.tamper(entry -> entry.getMeta_data().setTotal_uncompressed_size(1L << 50)));
    }

    private static void withoutBounds(Statistics statistics) {
        statistics.unsetMin_value();
        statistics.unsetMax_value();
    }

    private static void sizes() {
        size("levels that do not add up", sizes -> setLevels(sizes, 0, 1));
        size("levels of other nulls", sizes -> setLevels(sizes, 1, -1));
        size("too few levels", sizes -> sizes.setDefinition_level_histogram(List.of((long) ROWS)));
        size("a negative level", sizes -> sizes.setDefinition_level_histogram(List.of(-1L, ROWS + 1L)));
    }

    private static void setLevels(SizeStatistics sizes, int moreNulls, int moreValues) {
        List<Long> levels = sizes.getDefinition_level_histogram();
        sizes.setDefinition_level_histogram(List.of(levels.get(0) + moreNulls, levels.get(1) + moreValues));
    }

    private static void headers() {
        lie(
                "page headers: bounds too tight",
                chunk -> chunk.eachPage(page -> page.withStatistics().tamperHeader(header -> {
                    Statistics statistics = header.isSetData_page_header()
                            ? header.getData_page_header().getStatistics()
                            : header.getData_page_header_v2().getStatistics();
                    if (statistics.isSetMin_value()) {
                        statistics.setMax_value(statistics.getMin_value());
                    }
                })));
        lie(
                "page headers: all null",
                chunk -> chunk.eachPage(page -> page.withStatistics().tamperHeader(header -> {
                    if (header.isSetData_page_header()) {
                        header.getData_page_header().getStatistics().setNull_count(PAGE);
                    } else {
                        header.getData_page_header_v2().setNum_nulls(PAGE);
                        header.getData_page_header_v2().getStatistics().setNull_count(PAGE);
                    }
                })));
    }

    static Stream<Arguments> lies() {
        return LIES.keySet().stream()
                .flatMap(name -> Stream.of(Effort.values())
                        .flatMap(effort -> Stream.of(true, false).map(indexed -> Arguments.of(name, effort, indexed))));
    }

    @ParameterizedTest(name = "{0}, {1}, page indexes: {2}")
    @MethodSource("lies")
    void losesNoRowAndLeavesNothingFalse(String name, Effort effort, boolean indexed) throws IOException {
        for (int version = 1; version <= 2; version++) {
            Path source = write("source", LIES.get(name), version, indexed);
            // Readers trip over some lies: what is right they tell of the same rows without any.
            Path honest = write("honest", chunk -> {}, version, indexed);
            Path output = folder.resolve("output.parquet");
            Settings settings = Settings.defaults()
                    .withEffort(effort)
                    .withThreshold(new Threshold.Fixed(1L << 30))
                    .withPages(1 << 20, version == 1 ? PAGE : 20_000);
            new Compactor(CompactionOptions.defaults().withSettings(settings).withOverwrite(true))
                    .run(Job.of(source, output));

            assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
            if (indexed || !isTheOnlyWitness(name)) {
                assertSameAnswers(honest, output);
            } else {
                assertThat(DuckDb.firstDifference(honest, output)).isEmpty();
            }
        }
    }

    /** Most lies end in the same few outputs: each of them is asked once. */
    private static void assertSameAnswers(Path honest, Path output) throws IOException {
        List<ByteBuffer> pair =
                List.of(ByteBuffer.wrap(Files.readAllBytes(honest)), ByteBuffer.wrap(Files.readAllBytes(output)));
        if (ASKED.contains(pair)) {
            return;
        }
        assertThat(DuckDb.firstDifference(honest, output)).isEmpty();
        assertThat(Pruning.equivalence(honest, output, 1)).isEmpty();
        assertThat(Linter.errors(output).stream()
                        .filter(finding -> !isOfAMovedHeader(finding))
                        .toList())
                .isEmpty();
        ASKED.add(pair);
    }

    @ParameterizedTest
    @EnumSource(Effort.class)
    void aDictionaryEntryThatPagesUseShowsThatBoundsAreTooTight(Effort effort) throws IOException {
        Path source = dictionaries("source", true, false);
        Path output = compact(source, effort);
        assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
        assertThat(Pruning.equivalence(dictionaries("honest", false, false), output, 1))
                .isEmpty();
        assertThat(Linter.errors(output)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Effort.class)
    void aDictionaryEntryThatNoPageUsesDoesNotLoosenBounds(Effort effort) throws IOException {
        Path output = compact(dictionaries("source", false, true), effort);
        assertThat(Linter.errors(output)).isEmpty();
        try (ParquetFile file = ParquetFile.open(output)) {
            Statistics statistics = file.chunkMetaData(0, 0).getStatistics();
            assertThat(ByteBuffer.wrap(statistics.getMax_value())
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt())
                    .isEqualTo(1_000 * LIARS + ROWS - PAGE - 1);
        }
    }

    private Path compact(Path source, Effort effort) {
        Path output = folder.resolve("output.parquet");
        new Compactor(CompactionOptions.defaults()
                        .withSettings(
                                Settings.defaults().withEffort(effort).withThreshold(new Threshold.Fixed(1L << 30))))
                .run(Job.of(source, output));
        return output;
    }

    /** All columns in dictionaries, without page indexes, which leave nothing else to hold bounds against. */
    private Path dictionaries(String name, boolean tight, boolean unused) throws IOException {
        FileScript script = script(
                chunk -> {
                    if (tight) {
                        LIES.get("statistics: bounds too tight").accept(chunk);
                    }
                },
                1,
                false);
        script.eachChunk(chunk -> {
            chunk.eachPage(page -> page.encoding(Encoding.RLE_DICTIONARY));
            if (unused && chunk.leaf().index() == 0) {
                chunk.dictionary(new Values.Builder(ROWS)
                        .addNumber(-7, 4)
                        .addAll(chunk.triplets().values())
                        .addNumber(1 << 20, 4)
                        .build());
            }
        });
        return Files.write(folder.resolve(name + ".parquet"), script.bytes());
    }

    private Path write(String name, Consumer<ChunkScript> lie, int version, boolean indexed) throws IOException {
        return Files.write(
                folder.resolve(name + ".parquet"), script(lie, version, indexed).bytes());
    }

    /** Without page indexes nothing contradicts a bound of the footer, which readers have believed before. */
    private static boolean isTheOnlyWitness(String name) {
        return name.equals("statistics: bounds too tight") || name.equals("statistics: bounds of no value");
    }

    /** Pages that move keep their headers. */
    private static boolean isOfAMovedHeader(Finding finding) {
        return finding.message().startsWith("page at ");
    }

    private static FileScript script(Consumer<ChunkScript> lie, int version, boolean indexed) {
        FileScript script = new FileScript(
                new SchemaScript()
                        .optional("x", Type.INT32)
                        .optional("y", Type.DOUBLE)
                        .text("s", FieldRepetitionType.OPTIONAL)
                        .build(),
                1);
        for (int group = 0; group <= LIARS; group++) {
            List<ChunkScript> chunks = new ArrayList<>();
            for (LeafColumn leaf : script.leaves()) {
                ChunkScript chunk = chunk(leaf, group, version);
                if (indexed) {
                    chunk.withColumnIndex().withOffsetIndex();
                }
                if (group < LIARS) {
                    lie.accept(chunk);
                }
                chunks.add(chunk);
            }
            script.rowGroup(new RowGroupScript(ROWS, chunks));
        }
        return script;
    }

    /** Values rise; every fifth is null, and all of the last page. */
    private static ChunkScript chunk(LeafColumn leaf, int group, int version) {
        int[] definition = new int[ROWS];
        Values.Builder values = new Values.Builder(ROWS);
        for (int row = 0; row < ROWS; row++) {
            boolean present = row % 5 != 0 && row < ROWS - PAGE;
            definition[row] = present ? 1 : 0;
            if (present) {
                add(values, leaf, 1_000L * group + row);
            }
        }
        Encoding encoding = leaf.index() == 2 ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
        return new ChunkScript(leaf, new Triplets(new int[ROWS], definition, values.build()))
                .evenPages(PAGE)
                .eachPage((PageScript page) -> page.version(version).encoding(encoding))
                .stats(Stats.BOUNDS)
                .withSizeStatistics();
    }

    private static void add(Values.Builder values, LeafColumn leaf, long number) {
        switch (leaf.index()) {
            case 0 -> values.addNumber(number, 4);
            case 1 -> values.addNumber(Double.doubleToLongBits(number), 8);
            default -> {
                byte[] text = ("value " + (100_000 + number)).getBytes(StandardCharsets.UTF_8);
                values.add(text, 0, text.length);
            }
        }
    }
}
