package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import io.glulam.testkit.generate.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatisticsMergerTest {
    private static final WriterTrust TRUSTED = WriterTrust.of("parquet-mr version 1.15.0 (build abc)");

    @ParameterizedTest
    @EnumSource
    void whatEveryPartStatesIsWhatTheWholeWouldState(OrderedColumn column) {
        Seeds.stream(200).forEach(seed -> {
            Random random = new Random(seed);
            List<byte[]> all = new ArrayList<>();
            StatisticsMerger merger = new StatisticsMerger(column.leaf());
            for (int part = random.nextInt(5); part >= 0; part--) {
                List<byte[]> values = values(column, random);
                all.addAll(values);
                merger.add(complete(column, values), TRUSTED, values.size());
            }
            Statistics expected = all.isEmpty() ? null : complete(column, all);
            assertThat(describe(merger.merged())).as("seed %s", seed).isEqualTo(describe(expected));
        });
    }

    @ParameterizedTest
    @EnumSource
    void isAsNewOnceItIsCleared(OrderedColumn column) {
        Seeds.stream(200).forEach(seed -> {
            Random random = new Random(seed);
            StatisticsMerger used = new StatisticsMerger(column.leaf());
            for (int part = random.nextInt(4); part >= 0; part--) {
                List<byte[]> values = values(column, random);
                used.add(withOmissions(complete(column, values), random), TRUSTED, values.size());
            }
            used.clear();
            StatisticsMerger fresh = new StatisticsMerger(column.leaf());
            WriterTrust other = WriterTrust.of("parquet-mr version 1.6.0");
            for (int part = random.nextInt(3); part >= 0; part--) {
                List<byte[]> values = values(column, random);
                Statistics statistics = withOmissions(complete(column, values), random);
                used.add(statistics, part == 1 ? other : TRUSTED, values.size());
                fresh.add(statistics, part == 1 ? other : TRUSTED, values.size());
            }
            assertThat(describe(used.merged())).as("seed %s", seed).isEqualTo(describe(fresh.merged()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatPartsLeaveOutOrGetWrongNeverMakesTheWholeUntrue(OrderedColumn column) {
        Seeds.stream(500).forEach(seed -> {
            Random random = new Random(seed);
            List<byte[]> all = new ArrayList<>();
            StatisticsMerger merger = new StatisticsMerger(column.leaf());
            for (int part = random.nextInt(5); part >= 0; part--) {
                List<byte[]> values = values(column, random);
                all.addAll(values);
                merger.add(withOmissions(complete(column, values), random), TRUSTED, values.size());
            }
            Statistics merged = merger.merged();
            if (merged != null) {
                assertTrueOf(column, all, merged, seed);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = ".*_TOTAL")
    void boundsAreThoseOfParquetJavasMerge(OrderedColumn column) {
        Seeds.stream(200).forEach(seed -> {
            Random random = new Random(seed);
            var oracle = org.apache.parquet.column.statistics.Statistics.createStats(column.parquetType());
            StatisticsMerger merger = new StatisticsMerger(column.leaf());
            boolean nan = false;
            for (int part = random.nextInt(5); part >= 0; part--) {
                List<byte[]> values = values(column, random);
                nan |= values.stream()
                        .anyMatch(value -> value != null && column.valueOrder().isNaN(value));
                oracle.mergeStatistics(parquetStatistics(column, values));
                merger.add(complete(column, values), TRUSTED, values.size());
            }
            Statistics merged = merger.merged();
            // A chunk with NaN: parquet-java keeps or drops bounds by rules that changed from version to version.
            if (merged != null && !nan) {
                // Which zero is a bound: the specification is stricter than parquet-java, so theirs are widened.
                ValueOrder order = column.valueOrder();
                byte[] min = oracle.hasNonNullValue() ? order.asLower(oracle.getMinBytes()) : null;
                byte[] max = oracle.hasNonNullValue() ? order.asUpper(oracle.getMaxBytes()) : null;
                assertThat(merged.minValue()).as("seed %s", seed).isEqualTo(min);
                assertThat(merged.maxValue()).as("seed %s", seed).isEqualTo(max);
                assertThat(merged.nullCount()).isEqualTo(oracle.getNumNulls());
            }
        });
    }

    private static org.apache.parquet.column.statistics.Statistics<?> parquetStatistics(
            OrderedColumn column, List<byte[]> values) {
        var statistics = org.apache.parquet.column.statistics.Statistics.createStats(column.parquetType());
        for (byte[] value : values) {
            if (value == null) {
                statistics.incrementNumNulls();
            } else {
                column.update(statistics, value);
            }
        }
        return statistics;
    }

    private static List<byte[]> values(OrderedColumn column, Random random) {
        int count = random.nextInt(6);
        int shape = random.nextInt(4);
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] value = shape == 0 || random.nextInt(4) == 0 ? null : column.draw(random);
            if (shape == 1
                    && value != null
                    && column.isFloatingPoint()
                    && !column.valueOrder().isNaN(value)) {
                value = null;
            }
            values.add(value);
        }
        return values;
    }

    /** What a careful writer states about values. */
    private static Statistics complete(OrderedColumn column, List<byte[]> values) {
        ValueOrder order = column.valueOrder();
        List<byte[]> present = values.stream().filter(Objects::nonNull).toList();
        List<byte[]> numbers =
                present.stream().filter(value -> !order.isNaN(value)).toList();
        List<byte[]> bounded = numbers.isEmpty() && order.isTotal() ? present : numbers;
        byte[] min = bounded.stream().min(order).map(order::asLower).orElse(null);
        byte[] max = bounded.stream().max(order).map(order::asUpper).orElse(null);
        Boolean exact = bounded.isEmpty() ? null : true;
        boolean signed = order.isSigned();
        return new Statistics(
                signed ? max : null,
                signed ? min : null,
                values.size() - present.size(),
                -1,
                max,
                min,
                exact,
                exact,
                column.isFloatingPoint() ? present.size() - numbers.size() : -1);
    }

    private static Statistics withOmissions(Statistics full, Random random) {
        byte[] crossedMax = {0};
        byte[] crossedMin = {1};
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 ->
                new Statistics(
                        full.max(), full.min(), -1, 7, full.maxValue(), full.minValue(), null, true, full.nanCount());
            case 2 ->
                new Statistics(
                        full.max(), null, full.nullCount(), -1, full.maxValue(), null, true, true, full.nanCount());
            case 3 -> new Statistics(null, null, full.nullCount(), -1, null, null, null, null, full.nanCount());
            case 4 ->
                new Statistics(
                        full.max(),
                        full.min(),
                        full.nullCount(),
                        -1,
                        full.maxValue(),
                        full.minValue(),
                        false,
                        null,
                        -1);
            case 5 ->
                new Statistics(null, null, full.nullCount(), -1, crossedMax, crossedMin, true, true, full.nanCount());
            default -> full;
        };
    }

    private static void assertTrueOf(OrderedColumn column, List<byte[]> values, Statistics stated, long seed) {
        ValueOrder order = column.valueOrder();
        List<byte[]> present = values.stream().filter(Objects::nonNull).toList();
        List<byte[]> numbers =
                present.stream().filter(value -> !order.isNaN(value)).toList();
        List<byte[]> bounded = numbers.isEmpty() && order.isTotal() ? present : numbers;
        for (byte[] value : bounded) {
            assertBounds(order, value, stated.minValue(), stated.maxValue(), seed);
            assertBounds(order, value, stated.min(), stated.max(), seed);
        }
        if (!bounded.isEmpty() && Boolean.TRUE.equals(stated.minExact())) {
            byte[] least = bounded.stream().min(order).orElseThrow();
            assertThat(order.compare(stated.minValue(), least))
                    .as("seed %s", seed)
                    .isZero();
        }
        assertThat(stated.distinctCount()).isIn(-1L, 7L);
        if (stated.nullCount() >= 0) {
            assertThat(stated.nullCount()).as("seed %s", seed).isEqualTo(values.size() - present.size());
        }
        if (stated.nanCount() >= 0) {
            assertThat(stated.nanCount()).as("seed %s", seed).isEqualTo(present.size() - numbers.size());
        }
        if (order.isTotal() && stated.minValue() != null) {
            assertThat(stated.nanCount())
                    .as("the total order asks for nan_count")
                    .isNotNegative();
        }
    }

    private static void assertBounds(ValueOrder order, byte[] value, byte[] min, byte[] max, long seed) {
        assertThat(min == null).isEqualTo(max == null);
        if (min != null && max != null) {
            assertThat(order.isRange(min, max)).as("seed %s", seed).isTrue();
            assertThat(order.compare(min, value)).as("seed %s", seed).isLessThanOrEqualTo(0);
            assertThat(order.compare(value, max)).as("seed %s", seed).isLessThanOrEqualTo(0);
        }
    }

    /** Everything but distinct_count, which only a single part keeps. */
    private static List<Object> describe(Statistics statistics) {
        return statistics == null
                ? List.of()
                : List.of(
                        hex(statistics.max()),
                        hex(statistics.min()),
                        statistics.nullCount(),
                        hex(statistics.maxValue()),
                        hex(statistics.minValue()),
                        String.valueOf(statistics.maxExact()),
                        String.valueOf(statistics.minExact()),
                        statistics.nanCount());
    }

    private static String hex(byte[] value) {
        return value == null ? "none" : java.util.HexFormat.of().formatHex(value);
    }

    @Nested
    class OfTwoParts {
        private final Leaf leaf = OrderedColumn.INT32.leaf();
        private final StatisticsMerger merger = new StatisticsMerger(leaf);

        @Test
        void aPartWithoutBoundsDropsThemUnlessItIsAllNull() {
            merger.add(bounds(1, 2, 0), TRUSTED, 10);
            merger.add(new Statistics(null, null, 5, -1, null, null, null, null, -1), TRUSTED, 5);
            assertThat(merger.merged().minValue()).isEqualTo(value(1));
            merger.add(new Statistics(null, null, 4, -1, null, null, null, null, -1), TRUSTED, 5);
            assertThat(merger.merged().minValue()).isNull();
            assertThat(merger.merged().nullCount()).isEqualTo(9);
        }

        @Test
        void aPartWithoutStatisticsLeavesNothing() {
            merger.add(bounds(1, 2, 0), TRUSTED, 10);
            merger.add(null, TRUSTED, 5);
            assertThat(merger.merged()).isNull();
        }

        @Test
        void aPartWithoutValuesChangesNothing() {
            merger.add(bounds(1, 2, 0), TRUSTED, 10);
            merger.add(null, TRUSTED, 0);
            assertThat(describe(merger.merged())).isEqualTo(describe(bounds(1, 2, 0)));
        }

        @Test
        void deprecatedBoundsStayDeprecated() {
            merger.add(new Statistics(value(9), value(1), 0, -1, null, null, null, null, -1), TRUSTED, 10);
            merger.add(new Statistics(value(5), value(-3), 0, -1, null, null, null, null, -1), TRUSTED, 10);
            assertThat(merger.merged().min()).isEqualTo(value(-3));
            assertThat(merger.merged().max()).isEqualTo(value(9));
            assertThat(merger.merged().minValue()).isNull();
        }

        @Test
        void deprecatedBoundsOfUnsignedColumnsAreDropped() {
            StatisticsMerger unsigned = new StatisticsMerger(OrderedColumn.UINT32.leaf());
            unsigned.add(new Statistics(value(9), value(1), 0, -1, null, null, null, null, -1), TRUSTED, 10);
            assertThat(unsigned.merged().min()).isNull();
        }

        @Test
        void crossedBoundsAreDropped() {
            merger.add(bounds(2, 1, 0), TRUSTED, 10);
            merger.add(bounds(1, 2, 0), TRUSTED, 10);
            assertThat(merger.merged().minValue()).isNull();
        }

        @Test
        void moreNullsThanValuesAreNoNullCount() {
            merger.add(bounds(1, 2, 11), TRUSTED, 10);
            assertThat(merger.merged().nullCount()).isEqualTo(-1);
        }

        @Test
        void distinctCountsDoNotAddUp() {
            merger.add(new Statistics(null, null, 0, 3, null, null, null, null, -1), TRUSTED, 10);
            assertThat(merger.merged().distinctCount()).isEqualTo(3);
            merger.add(new Statistics(null, null, 0, 3, null, null, null, null, -1), TRUSTED, 10);
            assertThat(merger.merged().distinctCount()).isEqualTo(-1);
        }

        @Test
        void distinctCountsOfDuckDbAreThoseOfDictionaries() {
            WriterTrust duckDb = WriterTrust.of("DuckDB version v2.0.0 (build 0123456789)");
            StatisticsMerger other = new StatisticsMerger(OrderedColumn.values()[0].leaf());
            other.add(new Statistics(null, null, 0, 3, null, null, null, null, -1), duckDb, 10);
            assertThat(other.merged().nullCount()).isZero();
            assertThat(other.merged().distinctCount()).isEqualTo(-1);
        }

        @Test
        void moreDistinctValuesThanThereAreValuesAreNoDistinctCount() {
            merger.add(new Statistics(null, null, 10, 3, null, null, null, null, -1), TRUSTED, 10);
            assertThat(merger.merged().nullCount()).isEqualTo(10);
            assertThat(merger.merged().distinctCount()).isEqualTo(-1);
        }

        @Test
        void exactnessHoldsIfItHoldsForAll() {
            merger.add(exact(true, true), TRUSTED, 10);
            merger.add(exact(true, false), TRUSTED, 10);
            assertThat(merger.merged().minExact()).isTrue();
            assertThat(merger.merged().maxExact()).isFalse();
            merger.add(exact(null, true), TRUSTED, 10);
            assertThat(merger.merged().minExact()).isNull();
            assertThat(merger.merged().maxExact()).isFalse();
        }

        @Test
        void untrustedBoundsAreDroppedAndCountsKept() {
            StatisticsMerger untrusted = new StatisticsMerger(OrderedColumn.STRING.leaf());
            untrusted.add(
                    new Statistics(null, null, 1, -1, new byte[] {'b'}, new byte[] {'a'}, null, null, -1),
                    WriterTrust.of(null),
                    10);
            assertThat(untrusted.merged().minValue()).isNull();
            assertThat(untrusted.merged().nullCount()).isEqualTo(1);
        }

        private Statistics bounds(int min, int max, long nulls) {
            return new Statistics(null, null, nulls, -1, value(max), value(min), null, null, -1);
        }

        private Statistics exact(Boolean min, Boolean max) {
            return new Statistics(null, null, 0, -1, value(2), value(1), max, min, -1);
        }

        private byte[] value(int value) {
            return OrderedColumn.littleEndian(value);
        }
    }
}
