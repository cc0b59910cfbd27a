package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.glulam.error.Unsupported;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup.KeptGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.ChunkScript.Stats;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.lint.Linter;
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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers unite the statistics of a file's row groups. What recoded values prove wrong must not make that union narrower
 * while another row group keeps its false statistics: values would be missing that filters found in the source.
 */
@Tag("once")
class UnitedStatisticsTest {
    private static final int FRAGMENT = 100;
    private static final int HEALTHY = 4_000;

    /** Two fragments and a row group that is kept: the bytes of the one are less, those of the other more. */
    private static final long BETWEEN = 4_000;

    @TempDir
    Path folder;

    @Test
    void boundsThatAreHealedHoldWhatAKeptRowGroupLeavesOut() throws Exception {
        Path source = write(file(Stats.BOUNDS).tamper(UnitedStatisticsTest::exchange));
        Path output = compact(source, BETWEEN);

        assertThat(count(source, "x IN (150, 3001)")).isEqualTo("2");
        assertThat(count(output, "x IN (150, 3001)")).isEqualTo("2");
        Statistics merged = statistics(output, 0, 0);
        assertThat(number(merged.getMax_value())).isEqualTo(1_000 + HEALTHY - 1);
        assertThat(merged.isIs_max_value_exact()).isFalse();
    }

    /** The fragments' statistics are true of other row groups: of the first two to be merged, and of the kept one. */
    private static void exchange(FileMetaData footer) {
        Statistics statistics = statistics(footer, 1, 0);
        footer.getRow_groups().get(1).getColumns().get(0).getMeta_data().setStatistics(statistics(footer, 2, 0));
        footer.getRow_groups().get(2).getColumns().get(0).getMeta_data().setStatistics(statistics);
    }

    @Test
    void boundsThatValuesDenyAreLeftOutBesideAKeptRowGroup() throws Exception {
        Path source = write(file(Stats.BOUNDS).tamper(footer -> {
            for (int group = 1; group < 3; group++) {
                statistics(footer, group, 0)
                        .setMax_value(statistics(footer, group, 0).getMin_value());
            }
        }));
        CompactionReport report = run(source, settings(BETWEEN));
        Path output = folder.resolve("output.parquet");

        assertThat(statistics(output, 0, 0).isSetMax_value()).isFalse();
        assertThat(statistics(output, 0, 0).getNull_count()).isZero();
        assertThat(report.dropped()).singleElement(STRING).contains("statistics of", "column x", "deny");
        assertThatThrownBy(() -> run(source, settings(BETWEEN).withStrict(true)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("the statistics would be lost");
    }

    @Test
    void valuesWithoutBoundsGetNoneBesideAKeptRowGroup() throws Exception {
        Path source = write(file(Stats.BOUNDS).tamper(footer -> {
            statistics(footer, 2, 0).setMax_value(statistics(footer, 2, 0).getMin_value());
            for (int group = 0; group < 2; group++) {
                statistics(footer, group, 0).unsetMin_value();
                statistics(footer, group, 0).unsetMax_value();
            }
        }));
        Path output = compact(source, BETWEEN);

        assertThat(count(source, "x IN (1001, 3001)")).isEqualTo("2");
        assertThat(count(output, "x IN (1001, 3001)")).isEqualTo("2");
        assertThat(statistics(output, 0, 0).isSetMax_value()).isFalse();
    }

    @Test
    void nullsThatAFragmentOnlyStatesShowWhereAKeptRowGroupHidesItsOwn() throws Exception {
        Path source = write(file(Stats.BOUNDS).tamper(footer -> {
            statistics(footer, 1, 0).setNull_count(10);
            statistics(footer, 2, 0).setNull_count(0);
        }));
        Path output = compact(source, BETWEEN);

        String expected = Integer.toString(2 * FRAGMENT + HEALTHY * 9 / 10);
        assertThat(answer(source, "SELECT count(x) FROM %s")).isEqualTo(expected);
        assertThat(answer(output, "SELECT count(x) FROM %s")).isEqualTo(expected);
        assertThat(statistics(output, 0, 0)).isNull();
    }

    @Test
    void honestBoundsAreThoseOfTheValuesBesideAKeptRowGroup() throws Exception {
        for (Stats stats : List.of(Stats.BOUNDS, Stats.EXACT_BOUNDS, Stats.DEPRECATED_BOUNDS)) {
            Statistics merged = statistics(compact(write(file(stats)), BETWEEN), 0, 0);
            assertThat(number(merged.getMin_value())).isZero();
            assertThat(number(merged.getMax_value())).isEqualTo(2 * FRAGMENT - 1);
            assertThat(merged.isIs_max_value_exact()).isTrue();
            assertThat(merged.getNull_count()).isZero();
        }
    }

    /** Then readers know no bounds of the file: those of one row group hide nothing of another. */
    @Test
    void whereKeptRowGroupsHaveNoStatisticsRecodedOnesGetTheirOwn() throws Exception {
        Statistics merged = statistics(compact(write(file(Stats.NONE)), BETWEEN), 0, 0);

        assertThat(number(merged.getMax_value())).isEqualTo(2 * FRAGMENT - 1);
        assertThat(merged.getNull_count()).isZero();
    }

    /** Writers cut long texts in bounds: a kept row group may have values between the cut bound and the longest value. */
    @Test
    void cutBoundsStayAsWideBesideAKeptRowGroup() throws Exception {
        Path source = write(file(Stats.WIDE_BOUNDS));
        Statistics stated = statistics(source, 1, 1);
        Statistics merged = statistics(compact(source, BETWEEN), 0, 1);

        assertThat(merged.getMax_value()).isEqualTo(stated.getMax_value());
        assertThat(merged.isIs_max_value_exact()).isFalse();
    }

    @Test
    void whereAllValuesAreRecodedBoundsAreTheirOwn() throws Exception {
        Path source = write(file(Stats.WIDE_BOUNDS).tamper(UnitedStatisticsTest::exchange));
        Path output = compact(source, 1L << 30);

        Statistics merged = statistics(output, 0, 0);
        assertThat(number(merged.getMax_value())).isEqualTo(1_000 + HEALTHY - 1);
        assertThat(merged.isIs_max_value_exact()).isTrue();
        assertThat(statistics(output, 0, 1).isIs_max_value_exact()).isTrue();
        assertThat(Linter.errors(output)).isEmpty();
    }

    private Path write(FileScript script) throws IOException {
        return Files.write(folder.resolve("source.parquet"), script.bytes());
    }

    /** Merges the row groups below the threshold with all of their values decoded. */
    private Path compact(Path source, long threshold) {
        Path output = folder.resolve("output.parquet");
        CompactionReport report = run(source, settings(threshold));
        Plan plan = report.plan();
        assertThat(((MergedGroup) plan.groups().get(0)).columns())
                .extracting(column -> column.tier())
                .containsOnly(Tier.RECODE);
        assertThat(plan.groups().stream().anyMatch(KeptGroup.class::isInstance)).isEqualTo(threshold == BETWEEN);
        assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
        return output;
    }

    private static Settings settings(long threshold) {
        return Settings.defaults().withEffort(Effort.SMALLEST).withThreshold(new Threshold.Fixed(threshold));
    }

    private CompactionReport run(Path source, Settings settings) {
        return new Compactor(CompactionOptions.defaults().withOverwrite(true).withSettings(settings))
                .run(Job.of(source, folder.resolve("output.parquet")));
    }

    /** Values rise; every tenth of the row group that is kept is null. */
    private static FileScript file(Stats stats) {
        FileScript script = new FileScript(
                new SchemaScript()
                        .optional("x", Type.INT32)
                        .text("s", FieldRepetitionType.REQUIRED)
                        .build(),
                1);
        group(script, 0, FRAGMENT, stats);
        group(script, FRAGMENT, FRAGMENT, stats);
        group(script, 1_000, HEALTHY, stats);
        return script;
    }

    private static void group(FileScript script, int first, int rows, Stats stats) {
        List<ChunkScript> chunks = new ArrayList<>();
        for (LeafColumn leaf : script.leaves()) {
            int[] definition = new int[rows];
            Values.Builder values = new Values.Builder(rows);
            for (int row = 0; row < rows; row++) {
                boolean present = leaf.index() == 1 || rows == FRAGMENT || row % 10 != 0;
                definition[row] = present && leaf.index() == 0 ? 1 : 0;
                if (present) {
                    add(values, leaf, first + row);
                }
            }
            chunks.add(new ChunkScript(leaf, new Triplets(new int[rows], definition, values.build()))
                    .evenPages(rows)
                    .stats(stats));
        }
        script.rowGroup(new RowGroupScript(rows, chunks));
    }

    private static void add(Values.Builder values, LeafColumn leaf, int number) {
        if (leaf.index() == 0) {
            values.addNumber(number, 4);
        } else {
            byte[] text = ("a long text with number " + (100_000 + number)).getBytes(StandardCharsets.UTF_8);
            values.add(text, 0, text.length);
        }
    }

    private static int number(byte[] bound) {
        return ByteBuffer.wrap(bound).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private static Statistics statistics(Path path, int group, int leaf) {
        try (ParquetFile file = ParquetFile.open(path)) {
            return file.chunkMetaData(group, leaf).getStatistics();
        }
    }

    private static Statistics statistics(FileMetaData footer, int group, int leaf) {
        return footer.getRow_groups()
                .get(group)
                .getColumns()
                .get(leaf)
                .getMeta_data()
                .getStatistics();
    }

    private static String count(Path file, String filter) throws SQLException {
        return answer(file, "SELECT count(*) FROM %s WHERE " + filter);
    }

    private static String answer(Path file, String query) throws SQLException {
        try (DuckDbSession duck = DuckDbSession.open()) {
            String scan = "read_parquet(%s)".formatted(DuckDbSession.literal(file.toAbsolutePath()));
            return duck.text(query.formatted(scan)).orElseThrow();
        }
    }
}
