package io.glulam.tables.iceberg.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of files by the bounds in their manifest entries: {@link KeyRange.Key} and {@link SortProof}. */
class KeyRangeTest {
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.optional(1, "n", Types.IntegerType.get()),
            Types.NestedField.optional(2, "x", Types.DoubleType.get()),
            Types.NestedField.optional(3, "t", Types.StringType.get()),
            Types.NestedField.optional(
                    4, "s", Types.StructType.of(Types.NestedField.optional(5, "i", Types.IntegerType.get()))));

    private static SortOrder.Builder order() {
        return SortOrder.builderFor(SCHEMA);
    }

    private static KeyRange.Key key(SortOrder order) {
        return KeyRange.Key.of(order, SCHEMA);
    }

    private static DataFile file(
            int column,
            @Nullable Long nulls,
            @Nullable Long nans,
            @Nullable ByteBuffer lower,
            @Nullable ByteBuffer upper) {
        Metrics metrics = new Metrics(
                10L,
                null,
                Map.of(column, 10L),
                map(column, nulls),
                map(column, nans),
                map(column, lower),
                map(column, upper));
        return entry().withMetrics(metrics).build();
    }

    private static DataFiles.Builder entry() {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("/f")
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(100)
                .withRecordCount(10);
    }

    private static <T> @Nullable Map<Integer, T> map(int column, @Nullable T value) {
        return value == null ? null : Map.of(column, value);
    }

    private static ByteBuffer number(int value) {
        return Conversions.toByteBuffer(Types.IntegerType.get(), value);
    }

    private static ByteBuffer floating(double value) {
        return Conversions.toByteBuffer(Types.DoubleType.get(), value);
    }

    private static DataFile numbers(int lower, int upper) {
        return file(1, 0L, null, number(lower), number(upper));
    }

    private static TableFile tableFile(DataFile file, KeyRange.@Nullable Key key) {
        return new TableFile(file, false, List.of(), key == null ? null : key.of(file));
    }

    /** Files of the bounds {@code 1..2 3..4}; {@code ?} for one without bounds. */
    private static List<TableFile> files(String bounds, KeyRange.Key key) {
        List<TableFile> files = new ArrayList<>();
        for (String range : bounds.split(" ")) {
            String[] ends = range.split("\\.\\.");
            files.add(tableFile(
                    range.equals("?")
                            ? file(1, 0L, null, null, null)
                            : numbers(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])),
                    key));
        }
        return files;
    }

    @ParameterizedTest
    @CsvSource({
        "1..2, true, true, true",
        "1..2 3..4, true, true, false",
        "1..2 2..4, true, false, false",
        "1..3 2..4, false, false, false",
        "3..4 1..2, false, false, true",
        "2..4 1..2, false, false, true",
        "1..1 1..1, true, false, true",
        "-2147483648..-1 0..2147483647, true, true, false",
        "1..2 ? 3..4, false, false, false",
        "?, false, false, false",
        "1..2 3..9 4..5 6..7, false, false, false",
    })
    void boundsProveThatFilesFollow(String bounds, boolean alone, boolean withMore, boolean descending) {
        assertThat(follows(bounds, order().asc("n").build())).isEqualTo(alone);
        assertThat(follows(bounds, order().asc("n").asc("t").build())).isEqualTo(withMore);
        assertThat(follows(bounds, order().desc("n").build())).isEqualTo(descending);
    }

    private static boolean follows(String bounds, SortOrder order) {
        return key(order).follow(files(bounds, key(order)));
    }

    @ParameterizedTest
    @CsvSource({
        "3..4 1..2, 1..2 3..4, 3..4 1..2",
        "1..5 1..2 1..3, 1..2 1..3 1..5, 1..5 1..3 1..2",
        "? 2..2 ? 1..1, 1..1 2..2 ? ?, 2..2 1..1 ? ?",
        "-1..-1 0..0 -2147483648..7, -2147483648..7 -1..-1 0..0, -2147483648..7 0..0 -1..-1",
    })
    void filesArePutInTheOrderOfTheirKeys(String bounds, String ascending, String descending) {
        assertThat(sorted(bounds, order().asc("n").build())).isEqualTo(ascending);
        assertThat(sorted(bounds, order().desc("n").build())).isEqualTo(descending);
    }

    private static String sorted(String bounds, SortOrder order) {
        KeyRange.Key key = key(order);
        List<TableFile> files = files(bounds, key);
        key.sort(files);
        List<String> texts = files.stream()
                .map(TableFile::key)
                .map(range -> range == null
                        ? "?"
                        : key.ascending() ? range.first() + ".." + range.last() : range.last() + ".." + range.first())
                .toList();
        return String.join(" ", texts);
    }

    @Test
    void aKeyIsTheFirstColumnOfAnOrderAsItIs() {
        assertThat(KeyRange.Key.of(SortOrder.unsorted(), SCHEMA)).isNull();
        assertThat(key(order().asc(Expressions.bucket("n", 4)).build())).isNull();
        assertThat(key(order().desc("s.i").asc("n").build()))
                .isEqualTo(new KeyRange.Key(5, "s.i", false, false, Types.IntegerType.get()));
        assertThat(key(order().asc("t").build()))
                .isEqualTo(new KeyRange.Key(3, "t", true, true, Types.StringType.get()));
        assertThat(KeyRange.Key.of(order().asc("x").build(), new Schema())).isNull();
    }

    @Test
    void aFileHasARangeOnlyIfItsBoundsCoverAllOfItsValues() {
        KeyRange.Key numbers = key(order().asc("n").build());
        assertThat(numbers.of(numbers(1, 2))).isEqualTo(new KeyRange(1, 2));
        assertThat(key(order().desc("n").build()).of(numbers(1, 2))).isEqualTo(new KeyRange(2, 1));
        assertThat(numbers.of(file(1, null, null, number(1), number(2)))).isNull();
        assertThat(numbers.of(file(1, 1L, null, number(1), number(2)))).isNull();
        assertThat(numbers.of(file(1, 0L, null, null, number(2)))).isNull();
        assertThat(numbers.of(file(1, 0L, null, number(1), null))).isNull();
        assertThat(numbers.of(file(3, 0L, null, number(1), number(2)))).isNull();
        assertThat(numbers.of(entry().build())).isNull();

        KeyRange.Key floating = key(order().asc("x").build());
        assertThat(floating.of(file(2, 0L, 0L, floating(-0.0), floating(1)))).isEqualTo(new KeyRange(-0.0, 1.0));
        assertThat(floating.of(file(2, 0L, null, floating(0), floating(1)))).isNull();
        assertThat(floating.of(file(2, 0L, 1L, floating(0), floating(1)))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "3"})
    void aBoundOfAnotherLengthSaysNothing(int length) {
        ByteBuffer odd = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(key(order().asc("n").build()).of(file(1, 0L, null, odd, number(2))))
                .isNull();
        assertThat(key(order().asc("n").build()).of(file(1, 0L, null, number(2), odd)))
                .isNull();
    }

    @Test
    void outputsHaveTheTablesOrderIfAllSourcesHaveItAndFollow() {
        SortOrder order = order().withOrderId(3).asc("n").build();
        KeyRange.Key key = key(order);
        TableFile first = sorted(numbers(1, 2), order, key);
        TableFile second = sorted(numbers(3, 4), order, key);
        TableFile unsorted = tableFile(numbers(5, 6), key);
        TableFile untold = sorted(file(1, 0L, null, null, null), order, key);
        SortProof proof = new SortProof(order, key);

        assertThat(proof.orderOf(List.of(first, second))).isEqualTo(3);
        assertThat(proof.orderOf(List.of(second, first))).isZero();
        assertThat(proof.orderOf(List.of(first, second, unsorted))).isZero();
        assertThat(proof.orderOf(List.of(unsorted))).isZero();
        assertThat(proof.orderOf(List.of(untold))).isEqualTo(3);
        assertThat(proof.orderOf(List.of(untold, second))).isZero();
        assertThat(new SortProof(order, null).orderOf(List.of(first, second))).isZero();
        assertThat(new SortProof(order, null).orderOf(List.of(first))).isEqualTo(3);
        assertThat(new SortProof(SortOrder.unsorted(), null).orderOf(List.of(unsorted)))
                .isZero();
        assertThat(new SortProof(order().withOrderId(4).asc("n").build(), key).orderOf(List.of(first)))
                .isZero();
    }

    private static TableFile sorted(DataFile file, SortOrder order, KeyRange.Key key) {
        DataFile copy = DataFiles.builder(PartitionSpec.unpartitioned())
                .copy(file)
                .withSortOrder(order)
                .build();
        return tableFile(copy, key);
    }

    @Test
    void filesWithoutAnOrderStayAsTheyAre() {
        KeyRange.Key key = key(order().asc("n").build());
        List<TableFile> files = files("? ? ?", key);
        List<TableFile> before = List.copyOf(files);
        key.sort(files);
        for (int i = 0; i < before.size(); i++) {
            assertThat(files.get(i)).isSameAs(before.get(i));
        }
        assertThat(key.follow(Collections.emptyList())).isTrue();
    }
}
