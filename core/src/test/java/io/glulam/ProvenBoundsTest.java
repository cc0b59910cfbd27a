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
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
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
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds that no other claim contradicts, but that the values prove wrong which are decoded anyway: no reader gets them. */
@Tag("once")
class ProvenBoundsTest {
    private static final int ROWS = 90;
    private static final int PAGE = 30;
    private static final int ROW_GROUPS = 3;

    @TempDir
    Path folder;

    /** The pages' bounds together are the chunk's, so that only the dictionary tells. */
    @ParameterizedTest
    @EnumSource(Effort.class)
    void aPageThatUsesADictionaryEntryOutsideOfItsBoundsShowsThatTheyAreWrong(Effort effort) throws IOException {
        for (int version = 1; version <= 2; version++) {
            Consumer<ChunkScript> form = dictionaries(version);
            Path source = write("source", form.andThen(chunk -> chunk.tamperColumnIndex(ProvenBoundsTest::tighten)));
            assertThat(Linter.errors(source)).isNotEmpty();
            assertHealed(source, write("honest", form), effort);
        }
    }

    private static void tighten(ColumnIndex index) {
        index.getMax_values().set(0, index.getMin_values().get(0));
        index.getMin_values().set(2, index.getMax_values().get(2));
    }

    @ParameterizedTest
    @EnumSource(Effort.class)
    void anExactBoundThatIsNoEntryOfTheDictionaryIsWrong(Effort effort) throws IOException {
        Consumer<ChunkScript> form =
                chunk -> chunk.stats(Stats.EXACT_BOUNDS).eachPage(page -> page.encoding(Encoding.RLE_DICTIONARY));
        Path source = write(
                "source",
                form.andThen(chunk ->
                        chunk.tamper(entry -> widen(entry.getMeta_data().getStatistics()))));
        assertThat(Linter.errors(source)).isNotEmpty();
        assertHealed(source, write("honest", form), effort);
    }

    /** All row groups have the same dictionary, so that their pages move as they are. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPageThatMovesIsLookedAtWhereItsDictionaryHasEntriesOutsideOfTheBounds(boolean used) throws IOException {
        Consumer<ChunkScript> form = chunk -> {
            chunk.eachPage(page -> page.encoding(Encoding.RLE_DICTIONARY));
            if (!used && chunk.leaf().index() == 0) {
                chunk.dictionary(new Values.Builder(ROWS)
                        .addAll(chunk.triplets().values())
                        .addAll(value(chunk.leaf(), 5_000))
                        .build());
            }
        };
        Path source = write(
                "source",
                true,
                form.andThen(chunk -> chunk.tamper(entry -> {
                    Statistics statistics = entry.getMeta_data().getStatistics();
                    if (used && statistics.isSetMax_value()) {
                        statistics.setMax_value(statistics.getMin_value());
                    }
                })));
        Path output = folder.resolve("output.parquet");
        CompactionReport report = new Compactor(CompactionOptions.defaults()
                        .withSettings(Settings.defaults()
                                .withEffort(Effort.COPY)
                                .withPages(1 << 20, PAGE)
                                .withThreshold(new Threshold.Fixed(1L << 30))))
                .run(Job.of(source, output));

        assertThat(((MergedGroup) report.plan().groups().get(0)).columns())
                .extracting(column -> column.tier())
                .containsOnly(Tier.JOIN);
        assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
        assertThat(Linter.errors(output)).isEmpty();
        try (ParquetFile file = ParquetFile.open(output)) {
            Statistics statistics = file.chunkMetaData(0, 0).getStatistics();
            assertThat(statistics != null && statistics.isSetMax_value()).isEqualTo(!used);
        }
    }

    private static void widen(Statistics statistics) {
        byte[] max = statistics.getMax_value();
        max[max.length == 8 ? 6 : max.length - 1]++;
        statistics.setMax_value(max);
    }

    /** Beside NaN no bounds are computed, and the source's are taken. */
    @ParameterizedTest
    @EnumSource(value = Effort.class, names = "SMALLEST")
    void boundsBesideNaNThatLeaveOutARecodedValueAreWrong(Effort effort) throws IOException {
        Consumer<ChunkScript> form = chunk -> {};
        Path source = write("source", form.andThen(chunk -> {
            if (chunk.leaf().index() == 1) {
                chunk.tamper(entry -> {
                    Statistics statistics = entry.getMeta_data().getStatistics();
                    statistics.setMax_value(statistics.getMin_value());
                });
            }
        }));
        assertThat(Linter.errors(source)).isNotEmpty();
        Path output = assertHealed(source, write("honest", form), effort);
        try (ParquetFile file = ParquetFile.open(output)) {
            assertThat(file.chunkMetaData(0, 1).getStatistics().isSetMax_value())
                    .isFalse();
        }
    }

    private Path assertHealed(Path source, Path honest, Effort effort) throws IOException {
        Path output = folder.resolve("output.parquet");
        CompactionReport report = new Compactor(CompactionOptions.defaults()
                        .withOverwrite(true)
                        .withSettings(Settings.defaults()
                                .withEffort(effort)
                                .withPages(1 << 20, PAGE)
                                .withThreshold(new Threshold.Fixed(1L << 30))))
                .run(Job.of(source, output));
        Tier tier = effort == Effort.SMALLEST ? Tier.RECODE : Tier.REMAP;
        assertThat(((MergedGroup) report.plan().groups().get(0)).columns())
                .extracting(column -> column.tier())
                .containsOnly(tier);
        assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
        assertThat(Linter.errors(output)).isEmpty();
        assertThat(Pruning.equivalence(honest, output, 1)).isEmpty();
        return output;
    }

    private static Consumer<ChunkScript> dictionaries(int version) {
        return chunk -> {
            chunk.eachPage(page -> page.version(version).encoding(Encoding.RLE_DICTIONARY));
            chunk.withColumnIndex().withOffsetIndex();
        };
    }

    private Path write(String name, Consumer<ChunkScript> form) throws IOException {
        return write(name, false, form);
    }

    /** @param same whether all row groups hold the same values */
    private Path write(String name, boolean same, Consumer<ChunkScript> form) throws IOException {
        FileScript script = new FileScript(
                new SchemaScript()
                        .required("x", Type.INT64)
                        .required("y", Type.DOUBLE)
                        .text("s", FieldRepetitionType.REQUIRED)
                        .build(),
                1);
        for (int group = 0; group < ROW_GROUPS; group++) {
            List<ChunkScript> chunks = new ArrayList<>();
            for (LeafColumn leaf : script.leaves()) {
                Values.Builder values = new Values.Builder(ROWS);
                for (int row = 0; row < ROWS; row++) {
                    add(values, leaf, (same ? 0 : 1_000L * group) + row);
                }
                chunks.add(new ChunkScript(leaf, new Triplets(new int[ROWS], new int[ROWS], values.build()))
                        .evenPages(PAGE));
            }
            chunks.forEach(form);
            script.rowGroup(new RowGroupScript(ROWS, chunks));
        }
        return Files.write(folder.resolve(name + ".parquet"), script.bytes());
    }

    private static Values value(LeafColumn leaf, long number) {
        Values.Builder values = new Values.Builder(1);
        add(values, leaf, number);
        return values.build();
    }

    /** Numbers, numbers among which are NaNs in every page, and texts. */
    private static void add(Values.Builder values, LeafColumn leaf, long number) {
        switch (leaf.index()) {
            case 0 -> values.addNumber(number, 8);
            case 1 -> values.addNumber(Double.doubleToLongBits(number % 5 == 3 ? Double.NaN : number), 8);
            default -> {
                byte[] text = ("value " + (100_000 + number)).getBytes(StandardCharsets.UTF_8);
                values.add(text, 0, text.length);
            }
        }
    }
}
