package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.generate.Seeds;
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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * DuckDB unites no bounds of a file that has a row group without rows. The output has none: false statistics that hid nothing
 * beside it must not hide values now.
 */
@Tag("once")
class NewlyUnitedTest {
    private static final int FILTERS = 24;
    private static final Threshold EVERYTHING = new Threshold.Fixed(1L << 30);
    private static final Threshold NOTHING = new Threshold.Fixed(1);

    @TempDir
    Path folder;

    static LongStream seeds() {
        return Seeds.stream(10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void falseStatisticsHideNothingOnceTheEmptyRowGroupIsGone(long seed) throws Exception {
        Path honest = write("honest.parquet", file(seed, true));
        Path source = write("source.parquet", file(seed, true).tamper(footer -> lie(footer, new Random(seed))));
        for (Settings settings : settings(source)) {
            Path output = folder.resolve("output.parquet");
            try {
                run(source, settings);
            } catch (Unsupported refusal) {
                assertThat(refusal).hasMessageContaining("statistics are kept");
                continue;
            }
            assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
            assertThat(Pruning.lossInDuckDb(honest, source, output, seed, true, FILTERS))
                    .as("seed %d with %s", seed, settings)
                    .isEmpty();
        }
    }

    /** An empty row group of honest files costs nothing: the output is that of the same file without it. */
    @ParameterizedTest
    @MethodSource("seeds")
    void honestStatisticsStay(long seed) throws Exception {
        Path with = write("with.parquet", file(seed, true));
        Path without = write("without.parquet", file(seed, false));
        for (Settings settings : settings(with)) {
            assertThat(run(with, settings).dropped()).isEmpty();
            byte[] output = Files.readAllBytes(folder.resolve("output.parquet"));
            if (!run(without, settings).plan().isEmpty()) {
                assertThat(output).isEqualTo(Files.readAllBytes(folder.resolve("output.parquet")));
            }
        }
    }

    @Test
    void nullsThatStatisticsDenyAreCountedAsBefore() throws Exception {
        Path source = write("source.parquet", file(1, true).tamper(NewlyUnitedTest::denyNulls));
        CompactionReport report =
                run(source, Settings.defaults().withEffort(Effort.COPY).withThreshold(EVERYTHING));
        Path output = folder.resolve("output.parquet");

        assertThat(report.plan().groups()).singleElement().isInstanceOf(MergedGroup.class);
        assertThat(count(output)).isEqualTo(count(source));
        assertThat(statistics(output, 0)).isNull();
        assertThat(statistics(output, 1)).isNotNull();
        assertThat(report.dropped())
                .anySatisfy(line -> assertThat(line).contains("statistics of", "column x", "do not prove"));
        assertThatThrownBy(() -> run(source, report.plan().settings().withStrict(true)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("the statistics would be lost");
    }

    @Test
    void whereAllRowGroupsAreKeptTheFileIsRefused() throws Exception {
        Path source = write("source.parquet", file(1, true).tamper(NewlyUnitedTest::denyNulls));

        assertThatThrownBy(() -> run(source, Settings.defaults().withThreshold(NOTHING)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(
                        "column x: statistics are kept, and its values do not prove what readers would unite");
    }

    /** Readers unite nothing of several files. */
    @Test
    void aFileWithoutRowsAmongTheInputsCostsNoStatistics() throws Exception {
        List<Candidate> inputs = new ArrayList<>();
        for (FileScript piece : file(1, true).pieces()) {
            Path written = write("piece-" + inputs.size() + ".parquet", piece.tamper(NewlyUnitedTest::denyNulls));
            inputs.add(new Candidate(LocalStore.object(written), ""));
        }
        Path output = folder.resolve("output.parquet");
        CompactionOptions options = CompactionOptions.defaults()
                .withSettings(Settings.defaults().withEffort(Effort.COPY).withThreshold(EVERYTHING));
        new Merger(MergeOptions.defaults().withCompaction(options))
                .merge(FoundInputs.of(inputs), (group, index) -> LocalStore.object(output));

        assertThat(statistics(output, 0)).isNotNull();
    }

    /** Everything merged, values decoded and not; half of the row groups kept; all of them. */
    private static List<Settings> settings(Path source) throws IOException {
        Settings all = Settings.defaults().withThreshold(EVERYTHING);
        Threshold some = new Threshold.Fixed(Files.size(source) / 8);
        return List.of(
                all.withEffort(Effort.COPY),
                all.withEffort(Effort.SMALLEST),
                all.withEffort(Effort.COPY).withThreshold(some),
                all.withEffort(Effort.SMALLEST).withThreshold(some),
                all.withThreshold(NOTHING));
    }

    private CompactionReport run(Path source, Settings settings) {
        return new Compactor(CompactionOptions.defaults().withOverwrite(true).withSettings(settings))
                .run(Job.of(source, folder.resolve("output.parquet")));
    }

    private Path write(String name, FileScript script) throws IOException {
        return Files.write(folder.resolve(name), script.bytes());
    }

    /** Of row groups without rows, DuckDB unites null counts where they state some. */
    private static void denyNulls(FileMetaData footer) {
        for (RowGroup group : footer.getRow_groups()) {
            if (group.getNum_rows() > 0) {
                statistics(group, 0).setNull_count(0);
            } else {
                group.getColumns().get(0).getMeta_data().unsetStatistics();
            }
        }
    }

    /** False nulls, bounds of other row groups, or bounds of one value. */
    private static void lie(FileMetaData footer, Random random) {
        List<RowGroup> groups = new ArrayList<>(footer.getRow_groups());
        groups.removeIf(group -> group.getNum_rows() == 0);
        switch (random.nextInt(3)) {
            case 0 -> denyNulls(footer);
            case 1 -> {
                List<Statistics> all = new ArrayList<>();
                groups.forEach(group -> all.add(statistics(group, 0)));
                Collections.rotate(all, 1);
                groups.forEach(group -> group.getColumns().get(0).getMeta_data().setStatistics(all.remove(0)));
            }
            default -> {
                for (RowGroup group : groups) {
                    Statistics own = statistics(group, random.nextInt(2));
                    if (random.nextBoolean()) {
                        own.setMax_value(own.getMin_value());
                    } else {
                        own.setMin_value(own.getMax_value());
                    }
                }
            }
        }
    }

    /** Values rise, some are null; row groups of several sizes. */
    private static FileScript file(long seed, boolean emptyRowGroup) {
        Random random = new Random(Seeds.derive(seed, "newly united"));
        FileScript script = new FileScript(
                new SchemaScript()
                        .optional("x", Type.INT32)
                        .text("s", FieldRepetitionType.REQUIRED)
                        .build(),
                1);
        int groups = 2 + random.nextInt(3);
        int empty = random.nextInt(groups + 1);
        for (int group = 0; group <= groups; group++) {
            if (group == empty && emptyRowGroup) {
                script.rowGroup(group(script, 0, 0, random));
            }
            if (group < groups) {
                script.rowGroup(group(script, 1_000 * group, 20 + random.nextInt(200), random));
            }
        }
        return script;
    }

    private static RowGroupScript group(FileScript script, int first, int rows, Random random) {
        List<ChunkScript> chunks = new ArrayList<>();
        for (LeafColumn leaf : script.leaves()) {
            int[] definition = new int[rows];
            Values.Builder values = new Values.Builder(rows);
            for (int row = 0; row < rows; row++) {
                if (leaf.index() == 1) {
                    byte[] text = ("text " + (10_000 + first + row)).getBytes(StandardCharsets.UTF_8);
                    values.add(text, 0, text.length);
                } else if (random.nextInt(5) != 0) {
                    definition[row] = 1;
                    values.addNumber(first + row, 4);
                }
            }
            chunks.add(new ChunkScript(leaf, new Triplets(new int[rows], definition, values.build()))
                    .evenPages(50)
                    .stats(ChunkScript.Stats.BOUNDS));
        }
        return new RowGroupScript(rows, chunks);
    }

    private static Statistics statistics(RowGroup group, int leaf) {
        return group.getColumns().get(leaf).getMeta_data().getStatistics();
    }

    private static Statistics statistics(Path path, int leaf) {
        try (ParquetFile file = ParquetFile.open(path)) {
            return file.chunkMetaData(0, leaf).getStatistics();
        }
    }

    private static String count(Path file) throws SQLException {
        try (DuckDbSession duck = DuckDbSession.open()) {
            return duck.text("SELECT count(x) FROM read_parquet(%s)".formatted(DuckDbSession.literal(file)))
                    .orElseThrow();
        }
    }
}
