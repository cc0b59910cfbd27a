package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.SortOrder;
import io.glulam.testkit.generate.Seeds;
import java.util.Random;
import org.apache.parquet.schema.PrimitiveComparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueOrderTest {
    @ParameterizedTest
    @EnumSource
    void comparesAsParquetJavaDoesButForTheSignOfZero(OrderedColumn column) {
        Random random = new Random(Seeds.base());
        ValueOrder order = column.valueOrder();
        PrimitiveComparator<Object> oracle = column.parquetType().comparator();
        for (int i = 0; i < 20_000; i++) {
            byte[] left = column.draw(random);
            byte[] right = column.draw(random);
            assertThat(order.isValue(left)).isTrue();
            int expected = oracle.compare(column.parquetValue(left), column.parquetValue(right));
            if (order.isAmbiguousZero(left) && order.isAmbiguousZero(right)) {
                expected = 0;
            }
            if (!order.isTotal() && (order.isNaN(left) || order.isNaN(right))) {
                continue;
            }
            assertThat(Integer.signum(order.compare(left, right)))
                    .as("seed %s, case %s: %s and %s", Seeds.base(), i, hex(left), hex(right))
                    .isEqualTo(Integer.signum(expected));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isATotalPreorder(OrderedColumn column) {
        Random random = new Random(Seeds.base());
        ValueOrder order = column.valueOrder();
        for (int i = 0; i < 20_000; i++) {
            byte[] a = column.draw(random);
            byte[] b = column.draw(random);
            byte[] c = column.draw(random);
            assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
            if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) {
                assertThat(order.compare(a, c))
                        .as("%s, %s, %s", hex(a), hex(b), hex(c))
                        .isLessThanOrEqualTo(0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesValuesOfAnotherLength(OrderedColumn column) {
        ValueOrder order = column.valueOrder();
        int width = column.leaf().valueWidth();
        int length = width == 0 ? 1 : width;
        if (length > 0) {
            assertThat(order.isValue(new byte[length])).isTrue();
            assertThat(order.isValue(new byte[length + 1])).isFalse();
            assertThat(order.isValue(new byte[length - 1])).isEqualTo(column == OrderedColumn.FIXED);
        }
    }

    @Test
    void aDecimalOfNoBytesIsNoValueButAStringIs() {
        assertThat(OrderedColumn.VARIABLE_DECIMAL.valueOrder().isValue(new byte[0]))
                .isFalse();
        assertThat(OrderedColumn.STRING.valueOrder().isValue(new byte[0])).isTrue();
    }

    @Test
    void aBooleanIsZeroOrOne() {
        assertThat(OrderedColumn.BOOLEAN.valueOrder().isValue(new byte[] {1})).isTrue();
        assertThat(OrderedColumn.BOOLEAN.valueOrder().isValue(new byte[] {2})).isFalse();
    }

    @Test
    void nothingIsAValueWhereThereIsNoOrder() {
        ValueOrder order = ValueOrder.of(SortOrder.NONE, 12);
        assertThat(order.isDefined()).isFalse();
        assertThat(order.isValue(new byte[12])).isFalse();
        assertThat(order.isRange(new byte[12], new byte[12])).isFalse();
    }

    @Test
    void naNIsABoundUnderTheTotalOrderOnlyAndNotBesideANumber() {
        byte[] nan = OrderedColumn.littleEndian(Float.floatToRawIntBits(Float.NaN));
        byte[] one = OrderedColumn.littleEndian(Float.floatToRawIntBits(1));
        assertThat(OrderedColumn.FLOAT.valueOrder().isRange(nan, nan)).isFalse();
        assertThat(OrderedColumn.FLOAT_TOTAL.valueOrder().isRange(nan, nan)).isTrue();
        assertThat(OrderedColumn.FLOAT_TOTAL.valueOrder().isRange(one, nan)).isFalse();
    }

    @Test
    void zeroWidensToBothSignsWhereTheOrderDoesNotTellThemApart() {
        byte[] positive = OrderedColumn.littleEndian(Double.doubleToRawLongBits(0.0));
        byte[] negative = OrderedColumn.littleEndian(Double.doubleToRawLongBits(-0.0));
        ValueOrder typeDefined = OrderedColumn.DOUBLE.valueOrder();
        assertThat(typeDefined.asLower(positive)).isEqualTo(negative);
        assertThat(typeDefined.asUpper(negative)).isEqualTo(positive);
        assertThat(OrderedColumn.DOUBLE_TOTAL.valueOrder().asLower(positive)).isSameAs(positive);
        assertThat(OrderedColumn.INT64.valueOrder().asLower(positive)).isSameAs(positive);
    }

    private static String hex(byte[] value) {
        return java.util.HexFormat.of().formatHex(value);
    }
}
