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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
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
    private static final int ROWS = FalseClaims.ROWS;
    private static final int PAGE = FalseClaims.PAGE;

    /** Row groups that lie; the last one tells the truth. */
    private static final int LIARS = 2;

    @TempDir
    Path folder;

    /** Pairs of an honest file and an output that have given the same answers. */
    private static final Set<List<ByteBuffer>> ASKED = new HashSet<>();

    static Stream<Arguments> lies() {
        return FalseClaims.ALL.keySet().stream()
                .flatMap(name -> Stream.of(Effort.values())
                        .flatMap(effort -> Stream.of(true, false).map(indexed -> Arguments.of(name, effort, indexed))));
    }

    @ParameterizedTest(name = "{0}, {1}, page indexes: {2}")
    @MethodSource("lies")
    void losesNoRowAndLeavesNothingFalse(String name, Effort effort, boolean indexed) throws IOException {
        for (int version = 1; version <= 2; version++) {
            Path source = write("source", FalseClaims.ALL.get(name), version, indexed);
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
        FileScript script = script(chunk -> {}, 1, false);
        script.eachChunk(chunk -> {
            chunk.eachPage(page -> page.encoding(Encoding.RLE_DICTIONARY));
            if (tight) {
                // In all row groups: values rise, and the last one's maximum would be that of all.
                FalseClaims.ALL.get("statistics: bounds too tight").accept(chunk);
            }
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
