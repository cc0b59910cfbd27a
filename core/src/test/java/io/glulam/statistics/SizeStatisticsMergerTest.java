package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.SizeStatistics;
import io.glulam.testkit.generate.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SizeStatisticsMergerTest {
    private static final long[] NONE = {};

    @Test
    void componentsAddUpAsInParquetJava() {
        Seeds.stream(100).forEach(seed -> {
            Random random = new Random(seed);
            int repetition = random.nextInt(3);
            int definition = random.nextInt(4);
            var merger = new SizeStatisticsMerger(OrderedColumn.STRING.leaf(repetition, definition));
            var oracle = builder(repetition, definition).build();
            for (int part = random.nextInt(4); part >= 0; part--) {
                long[] repetitions = new long[repetition + 1];
                long[] definitions = new long[definition + 1];
                var theirs = builder(repetition, definition);
                int count = random.nextInt(20) + 1;
                long bytes = 0;
                for (int i = 0; i < count; i++) {
                    int r = random.nextInt(repetition + 1);
                    int d = random.nextInt(definition + 1);
                    repetitions[r]++;
                    definitions[d]++;
                    if (d == definition) {
                        bytes += 3;
                        theirs.add(r, d, org.apache.parquet.io.api.Binary.fromString("abc"));
                    } else {
                        theirs.add(r, d);
                    }
                }
                merger.add(new SizeStatistics(bytes, repetitions, definitions), count);
                oracle.mergeStatistics(theirs.build());
            }
            SizeStatistics merged = merger.merged();
            assertThat(merged.unencodedByteArrayBytes())
                    .as("seed %s", seed)
                    .isEqualTo(oracle.getUnencodedByteArrayDataBytes().orElse(0L));
            if (repetition > 0) {
                assertThat(merged.repetitionLevels())
                        .as("seed %s", seed)
                        .isEqualTo(oracle.getRepetitionLevelHistogram().stream()
                                .mapToLong(Long::longValue)
                                .toArray());
            }
            if (definition > 1) {
                assertThat(merged.definitionLevels())
                        .as("seed %s", seed)
                        .isEqualTo(oracle.getDefinitionLevelHistogram().stream()
                                .mapToLong(Long::longValue)
                                .toArray());
            }
        });
    }

    private static org.apache.parquet.column.statistics.SizeStatistics.Builder builder(int repetition, int definition) {
        return org.apache.parquet.column.statistics.SizeStatistics.newBuilder(
                OrderedColumn.STRING.parquetType(), repetition, definition);
    }

    @Test
    void aComponentThatOnePartLacksIsAbsent() {
        var merger = new SizeStatisticsMerger(OrderedColumn.STRING.leaf(0, 1));
        merger.add(new SizeStatistics(5, NONE, new long[] {1, 2}), 3);
        merger.add(new SizeStatistics(-1, NONE, new long[] {0, 4}), 4);
        assertThat(merger.merged().unencodedByteArrayBytes()).isEqualTo(-1);
        assertThat(merger.merged().repetitionLevels()).isEmpty();
        assertThat(merger.merged().definitionLevels()).containsExactly(1, 6);
        merger.add(null, 1);
        assertThat(merger.merged()).isNull();
    }

    @Test
    void histogramsThatContradictLevelsOrCountsAreAbsent() {
        var merger = new SizeStatisticsMerger(OrderedColumn.INT32.leaf(1, 1));
        merger.add(new SizeStatistics(5, new long[] {1, 1, 1}, new long[] {1, 3}), 3);
        assertThat(merger.merged()).isNull();
    }

    @Test
    void aPartWithoutValuesChangesNothing() {
        var merger = new SizeStatisticsMerger(OrderedColumn.STRING.leaf(0, 1));
        merger.add(null, 0);
        assertThat(merger.merged()).isNull();
        merger.add(new SizeStatistics(5, NONE, NONE), 3);
        merger.add(null, 0);
        assertThat(merger.merged().unencodedByteArrayBytes()).isEqualTo(5);
    }
}
