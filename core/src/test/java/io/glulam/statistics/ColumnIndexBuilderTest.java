package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Leaf;
import io.glulam.format.SortOrder;
import io.glulam.testkit.generate.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.parquet.column.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColumnIndexBuilderTest {
    private static final long[] NONE = {};

    @ParameterizedTest
    @EnumSource
    void buildsWhatParquetJavaBuilds(OrderedColumn column) {
        Seeds.stream(200).forEach(seed -> {
            Random random = new Random(seed);
            var builder = new ColumnIndexBuilder(column.leaf());
            var oracle = org.apache.parquet.internal.column.columnindex.ColumnIndexBuilder.getBuilder(
                    column.parquetType(), Integer.MAX_VALUE);
            for (List<byte[]> page : pages(column, random)) {
                builder.add(summary(column, page));
                oracle.add(statistics(column, page));
            }
            ColumnIndex built = builder.build();
            var expected = oracle.build();
            assertThat(built == null).as("seed %s", seed).isEqualTo(expected == null);
            if (built != null && expected != null) {
                assertSame(built, expected, seed);
            }
        });
    }

    private static void assertSame(
            ColumnIndex built, org.apache.parquet.internal.column.columnindex.ColumnIndex expected, long seed) {
        assertThat(built.nullPages())
                .as("seed %s", seed)
                .containsExactly(expected.getNullPages().toArray(Boolean[]::new));
        assertThat(built.nullCounts())
                .as("seed %s", seed)
                .containsExactly(expected.getNullCounts().toArray(Long[]::new));
        assertThat(hex(built.minValues())).as("seed %s", seed).isEqualTo(hex(bytes(expected.getMinValues())));
        assertThat(hex(built.maxValues())).as("seed %s", seed).isEqualTo(hex(bytes(expected.getMaxValues())));
        assertThat(built.boundaryOrder().name())
                .as("seed %s", seed)
                .isEqualTo(expected.getBoundaryOrder().name());
        if (expected.getNanCounts() != null && !expected.getNanCounts().isEmpty()) {
            assertThat(built.nanCounts())
                    .as("seed %s", seed)
                    .containsExactly(expected.getNanCounts().toArray(Long[]::new));
        }
    }

    private static List<List<byte[]>> pages(OrderedColumn column, Random random) {
        List<byte[]> values = new ArrayList<>();
        for (int i = random.nextInt(30); i >= 0; i--) {
            byte[] value = column.draw(random);
            // Under a type-defined order NaN and the sign of zero are treated by stricter rules than parquet-java's.
            ValueOrder order = column.valueOrder();
            if (order.isTotal() || !order.isNaN(value) && !order.isAmbiguousZero(value)) {
                values.add(value);
            }
        }
        int shape = random.nextInt(3);
        if (shape > 0) {
            values.sort(shape == 1 ? column.valueOrder() : column.valueOrder().reversed());
        }
        List<List<byte[]>> pages = new ArrayList<>();
        for (int from = 0; from < values.size(); ) {
            int to = Math.min(values.size(), from + 1 + random.nextInt(6));
            List<byte[]> page = new ArrayList<>(values.subList(from, to));
            if (random.nextBoolean()) {
                page.add(null);
            }
            if (random.nextInt(4) == 0) {
                pages.add(Arrays.asList(new byte[3][]));
            }
            pages.add(page);
            from = to;
        }
        return pages;
    }

    private static PageSummary summary(OrderedColumn column, List<byte[]> page) {
        ValueOrder order = column.valueOrder();
        List<byte[]> present = page.stream().filter(Objects::nonNull).toList();
        List<byte[]> numbers =
                present.stream().filter(value -> !order.isNaN(value)).toList();
        List<byte[]> bounded = numbers.isEmpty() ? present : numbers;
        return new PageSummary(
                page.size(),
                page.size() - present.size(),
                present.size() - numbers.size(),
                present.isEmpty(),
                bounded.stream().min(order).orElse(null),
                bounded.stream().max(order).orElse(null),
                NONE,
                NONE);
    }

    private static Statistics<?> statistics(OrderedColumn column, List<byte[]> page) {
        Statistics<?> statistics = Statistics.createStats(column.parquetType());
        for (byte[] value : page) {
            if (value == null) {
                statistics.incrementNumNulls();
            } else {
                column.update(statistics, value);
            }
        }
        return statistics;
    }

    private static List<String> hex(byte[][] values) {
        return Arrays.stream(values).map(HexFormat.of()::formatHex).toList();
    }

    private static byte[][] bytes(List<ByteBuffer> values) {
        return values.stream()
                .map(value -> {
                    byte[] bytes = new byte[value.remaining()];
                    value.duplicate().get(bytes);
                    return bytes;
                })
                .toArray(byte[][]::new);
    }

    @Test
    void zeroesOfEitherSignAreBoundedByBothAndInOrder() {
        byte[] positive = OrderedColumn.littleEndian(Float.floatToRawIntBits(0f));
        byte[] negative = OrderedColumn.littleEndian(Float.floatToRawIntBits(-0f));
        var builder = new ColumnIndexBuilder(OrderedColumn.FLOAT.leaf());
        builder.add(new PageSummary(1, 0, 0, false, positive, positive, NONE, NONE));
        builder.add(new PageSummary(1, 0, 0, false, negative, negative, NONE, NONE));
        assertThat(builder.build().minValues()).isDeepEqualTo(new byte[][] {negative, negative});
        assertThat(builder.build().maxValues()).isDeepEqualTo(new byte[][] {positive, positive});
        assertThat(builder.build().boundaryOrder()).isEqualTo(BoundaryOrder.ASCENDING);
    }

    @Test
    void onePageWithoutBoundsLeavesNoIndex() {
        var builder = new ColumnIndexBuilder(OrderedColumn.INT32.leaf());
        builder.add(page(1, 2, 0));
        builder.add(new PageSummary(10, 0, -1, false, null, null, NONE, NONE));
        builder.add(page(1, 2, 0));
        assertThat(builder.build()).isNull();
    }

    @Test
    void notKnowingWhetherAPageIsAllNullLeavesNoIndex() {
        var builder = new ColumnIndexBuilder(OrderedColumn.INT32.leaf());
        builder.add(new PageSummary(10, -1, -1, null, value(1), value(2), NONE, NONE));
        assertThat(builder.build()).isNull();
    }

    @Test
    void contradictoryNullsLeaveNoIndex() {
        var builder = new ColumnIndexBuilder(OrderedColumn.INT32.leaf());
        builder.add(new PageSummary(10, 10, -1, false, value(1), value(2), NONE, NONE));
        assertThat(builder.build()).isNull();
    }

    @Test
    void anAllNullPageOfAListMayCountFewerNullsThanValues() {
        PageSummary page = new PageSummary(10, 4, -1, true, null, null, NONE, NONE);
        var flat = new ColumnIndexBuilder(OrderedColumn.INT32.leaf());
        flat.add(page);
        assertThat(flat.build()).isNull();
        var nested = new ColumnIndexBuilder(OrderedColumn.INT32.leaf(1, 3));
        nested.add(page);
        assertThat(nested.build().nullPages()).containsExactly(true);
    }

    @Test
    void anAllNaNPageOfATypeDefinedOrderLeavesNoIndex() {
        byte[] nan = OrderedColumn.littleEndian(Float.floatToIntBits(Float.NaN));
        var builder = new ColumnIndexBuilder(OrderedColumn.FLOAT.leaf());
        builder.add(new PageSummary(1, 0, 1, false, nan, nan, NONE, NONE));
        assertThat(builder.build()).isNull();
    }

    @Test
    void underTheTotalOrderThereIsNoIndexWithoutCountsOfNaN() {
        byte[] one = OrderedColumn.littleEndian(Float.floatToIntBits(1));
        for (long nanCount : new long[] {-1, 11}) {
            var builder = new ColumnIndexBuilder(OrderedColumn.FLOAT_TOTAL.leaf());
            builder.add(new PageSummary(10, 0, nanCount, false, one, one, NONE, NONE));
            assertThat(builder.build()).as("%d NaN", nanCount).isNull();
        }
        var counted = new ColumnIndexBuilder(OrderedColumn.FLOAT_TOTAL.leaf());
        counted.add(new PageSummary(10, 0, 3, false, one, one, NONE, NONE));
        assertThat(counted.build().nanCounts()).containsExactly(3);
    }

    @Test
    void aColumnWithoutOrderHasNoIndex() {
        Leaf leaf = OrderedColumn.INT32.leaf();
        Leaf unordered = new Leaf(0, leaf.path(), leaf.type(), 0, 0, 1, SortOrder.NONE);
        var builder = new ColumnIndexBuilder(unordered);
        builder.add(page(1, 2, 0));
        assertThat(builder.build()).isNull();
    }

    @Test
    void anUntrustedWritersBoundsMakeNoIndex() {
        var builder = new ColumnIndexBuilder(OrderedColumn.STRING.leaf(), false);
        builder.add(new PageSummary(10, 0, -1, false, new byte[] {1}, new byte[] {2}, NONE, NONE));
        assertThat(builder.build()).isNull();
    }

    @Test
    void nullCountsAreKeptOnlyIfAllAreKnown() {
        var builder = new ColumnIndexBuilder(OrderedColumn.INT32.leaf());
        builder.add(page(1, 2, 3));
        assertThat(builder.build().nullCounts()).containsExactly(3);
        builder.add(page(1, 2, -1));
        assertThat(builder.build().nullCounts()).isEmpty();
    }

    @Test
    void histogramsAreKeptOnlyIfAllAreKnownAndCountThePagesValues() {
        var builder = new ColumnIndexBuilder(OrderedColumn.INT32.leaf(1, 2));
        builder.add(new PageSummary(3, 1, -1, false, value(1), value(2), new long[] {2, 1}, new long[] {1, 0, 2}));
        builder.add(new PageSummary(1, 0, -1, false, value(1), value(2), new long[] {1, 0}, new long[] {0, 0, 1}));
        assertThat(builder.build().repetitionLevels()).containsExactly(2, 1, 1, 0);
        assertThat(builder.build().definitionLevels()).containsExactly(1, 0, 2, 0, 0, 1);
        builder.add(new PageSummary(2, 0, -1, false, value(1), value(2), new long[] {1, 0}, NONE));
        assertThat(builder.build().repetitionLevels()).isEmpty();
        assertThat(builder.build().definitionLevels()).isEmpty();
    }

    @Test
    void boundsOfAWholeChunkServeItsPages() {
        var builder = new ColumnIndexBuilder(OrderedColumn.INT32.leaf());
        builder.add(page(1, 9, 0));
        builder.add(page(1, 9, 0));
        builder.add(page(5, 20, 0));
        assertThat(builder.build().boundaryOrder()).isEqualTo(BoundaryOrder.ASCENDING);
        builder.add(page(1, 9, 0));
        assertThat(builder.build().boundaryOrder()).isEqualTo(BoundaryOrder.UNORDERED);
    }

    private static PageSummary page(int min, int max, long nulls) {
        return new PageSummary(10, nulls, -1, false, value(min), value(max), NONE, NONE);
    }

    private static byte[] value(int value) {
        return OrderedColumn.littleEndian(value);
    }
}
