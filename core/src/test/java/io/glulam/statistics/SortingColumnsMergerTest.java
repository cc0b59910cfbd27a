package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.format.SortingColumn;
import io.glulam.format.Statistics;
import io.glulam.testkit.generate.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SortingColumnsMergerTest {
    private static final WriterTrust TRUSTED = WriterTrust.of("parquet-mr version 1.15.0 (build abc)");
    private static final List<Leaf> LEAVES = List.of(leaf(0), leaf(1), leaf(2));

    /** A row of three nullable integers. */
    private record Row(Integer a, Integer b, Integer c) {
        Integer get(int column) {
            return column == 0 ? a : column == 1 ? b : c;
        }
    }

    private static Leaf leaf(int index) {
        return new Leaf(index, List.of("c" + index), PhysicalType.INT32, 0, 0, 1, SortOrder.INT32_SIGNED);
    }

    @Test
    void whatIsKeptIsTrueOfTheWhole() {
        int[] kept = new int[4];
        Seeds.stream(5_000).forEach(seed -> {
            Random random = new Random(seed);
            List<SortingColumn> declared = declared(random);
            List<Row> all = new ArrayList<>();
            SortingColumnsMerger merger = new SortingColumnsMerger(LEAVES);
            int start = 0;
            for (int part = random.nextInt(3); part >= 0; part--) {
                List<Row> rows = rows(random, start);
                rows.sort(comparator(declared));
                merger.add(declared, statistics(rows, declared.get(0).leaf()), TRUSTED, rows.size());
                all.addAll(rows);
                start += declared.get(0).descending() ? -random.nextInt(4) : random.nextInt(4);
            }
            List<SortingColumn> merged = merger.merged();
            kept[merged.size()]++;
            List<Row> sorted = new ArrayList<>(all);
            sorted.sort(comparator(merged));
            assertThat(all).as("seed %s, %s of %s", seed, merged, declared).isEqualTo(sorted);
        });
        if (Seeds.cases(5_000) >= 5_000) {
            assertThat(kept).as("every length was met").doesNotContain(0);
        }
    }

    private static List<SortingColumn> declared(Random random) {
        List<SortingColumn> declared = new ArrayList<>();
        int first = random.nextInt(3);
        for (int i = 0; i <= random.nextInt(3) && i < 3; i++) {
            declared.add(new SortingColumn((first + i) % 3, random.nextBoolean(), random.nextBoolean()));
        }
        return declared;
    }

    private static List<Row> rows(Random random, int start) {
        List<Row> rows = new ArrayList<>();
        int shape = random.nextInt(4);
        for (int i = random.nextInt(4); i > 0; i--) {
            rows.add(new Row(value(random, start, shape), value(random, start, shape), value(random, start, shape)));
        }
        return rows;
    }

    private static Integer value(Random random, int start, int shape) {
        boolean isNull = shape == 0 || shape == 1 && random.nextInt(3) == 0;
        return isNull ? null : (Integer) (start + random.nextInt(3));
    }

    private static Comparator<Row> comparator(List<SortingColumn> sorting) {
        Comparator<Row> comparator = (left, right) -> 0;
        for (SortingColumn column : sorting) {
            Comparator<Integer> values = column.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
            comparator = comparator.thenComparing(
                    row -> row.get(column.leaf()),
                    column.nullsFirst() ? Comparator.nullsFirst(values) : Comparator.nullsLast(values));
        }
        return comparator;
    }

    private static Statistics statistics(List<Row> rows, int column) {
        List<Integer> values = rows.stream()
                .map(row -> row.get(column))
                .filter(Objects::nonNull)
                .toList();
        return new Statistics(
                null,
                null,
                rows.size() - values.size(),
                -1,
                values.stream()
                        .max(Comparator.naturalOrder())
                        .map(OrderedColumn::littleEndian)
                        .orElse(null),
                values.stream()
                        .min(Comparator.naturalOrder())
                        .map(OrderedColumn::littleEndian)
                        .orElse(null),
                null,
                null,
                -1);
    }

    private final List<SortingColumn> twoColumns =
            List.of(new SortingColumn(0, false, false), new SortingColumn(1, false, false));

    @Test
    void strictOrderAtTheSeamKeepsAllColumnsAndATieTheFirst() {
        assertThat(merged(TRUSTED, bounds(1, 2), bounds(3, 4))).isEqualTo(twoColumns);
        assertThat(merged(TRUSTED, bounds(1, 3), bounds(3, 4))).isEqualTo(twoColumns.subList(0, 1));
        assertThat(merged(TRUSTED, bounds(1, 4), bounds(3, 4))).isEmpty();
    }

    @Test
    void withoutStatisticsNothingIsProven() {
        assertThat(merged(TRUSTED, bounds(1, 2), null)).isEmpty();
        assertThat(merged(
                        TRUSTED, new Statistics(null, null, -1, -1, value(2), value(1), null, null, -1), bounds(3, 4)))
                .isEmpty();
    }

    @Test
    void aSinglePartKeepsWhatItDeclares() {
        SortingColumnsMerger merger = new SortingColumnsMerger(LEAVES);
        merger.add(twoColumns, null, TRUSTED, 10);
        merger.add(List.of(), null, TRUSTED, 0);
        assertThat(merger.merged()).isEqualTo(twoColumns);
    }

    @Test
    void onlyACommonPrefixIsKept() {
        SortingColumnsMerger merger = new SortingColumnsMerger(LEAVES);
        merger.add(twoColumns, bounds(1, 2), TRUSTED, 10);
        merger.add(List.of(twoColumns.get(0), new SortingColumn(1, true, false)), bounds(3, 4), TRUSTED, 10);
        assertThat(merger.merged()).containsExactly(twoColumns.get(0));
        merger.add(List.of(), bounds(5, 6), TRUSTED, 10);
        assertThat(merger.merged()).isEmpty();
        merger.add(twoColumns, bounds(7, 8), TRUSTED, 10);
        assertThat(merger.merged()).isEmpty();
    }

    @Test
    void aColumnThatDoesNotExistOrRepeatsProvesNothing() {
        SortingColumnsMerger merger = new SortingColumnsMerger(LEAVES);
        List<SortingColumn> absent = List.of(new SortingColumn(7, false, false));
        merger.add(absent, bounds(1, 2), TRUSTED, 10);
        merger.add(absent, bounds(3, 4), TRUSTED, 10);
        assertThat(merger.merged()).isEmpty();
        Leaf repeated = new Leaf(0, List.of("r"), PhysicalType.INT32, 0, 1, 1, SortOrder.INT32_SIGNED);
        SortingColumnsMerger nested = new SortingColumnsMerger(List.of(repeated));
        nested.add(twoColumns.subList(0, 1), bounds(1, 2), TRUSTED, 10);
        nested.add(twoColumns.subList(0, 1), bounds(3, 4), TRUSTED, 10);
        assertThat(nested.merged()).isEmpty();
    }

    @Test
    void floatingPointNeedsToKnowThatThereIsNoNaN() {
        Leaf leaf = new Leaf(0, List.of("f"), PhysicalType.FLOAT, 0, 0, 1, SortOrder.FLOAT);
        assertThat(mergedFloats(leaf, -1)).isEmpty();
        assertThat(mergedFloats(leaf, 0)).hasSize(1);
    }

    private List<SortingColumn> mergedFloats(Leaf leaf, long nanCount) {
        SortingColumnsMerger merger = new SortingColumnsMerger(List.of(leaf));
        for (int part = 0; part < 2; part++) {
            byte[] value = OrderedColumn.littleEndian(Float.floatToIntBits(part));
            merger.add(
                    twoColumns.subList(0, 1),
                    new Statistics(null, null, 0, -1, value, value, null, null, nanCount),
                    TRUSTED,
                    10);
        }
        return merger.merged();
    }

    private List<SortingColumn> merged(WriterTrust trust, Statistics first, Statistics second) {
        SortingColumnsMerger merger = new SortingColumnsMerger(LEAVES);
        merger.add(twoColumns, first, trust, 10);
        merger.add(twoColumns, second, trust, 10);
        return merger.merged();
    }

    private static Statistics bounds(int min, int max) {
        return new Statistics(null, null, 0, -1, value(max), value(min), null, null, -1);
    }

    private static byte[] value(int value) {
        return OrderedColumn.littleEndian(value);
    }
}
