package io.glulam.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.statistics.ValueOrder;
import io.glulam.testkit.generate.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryRangeTest {
    private static final long[] INTEGERS = {0, 1, -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE};
    private static final double[] NUMBERS = {0.0, -0.0, 1.5, -1.5, Double.NaN, Double.POSITIVE_INFINITY, Float.MIN_VALUE
    };

    static LongStream seeds() {
        return Seeds.stream(30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void entriesLieWithinBoundsAsTheColumnsOrderHasIt(long seed) {
        Random random = new Random(seed);
        for (SortOrder sortOrder : SortOrder.values()) {
            if (sortOrder == SortOrder.NONE || sortOrder == SortOrder.BOOLEAN) {
                continue; // No bounds, no dictionaries.
            }
            Leaf leaf = leaf(sortOrder, random);
            ValueOrder order = ValueOrder.of(leaf);
            for (int i = 0; i < 200; i++) {
                byte[] min = value(leaf, random);
                byte[] max = value(leaf, random);
                byte[] value = value(leaf, random);
                if (!order.isRange(min, max)) {
                    continue;
                }
                EntryRange range = new EntryRange(leaf, min, max);
                byte[] body = new byte[value.length + 2];
                System.arraycopy(value, 0, body, 2, value.length);
                boolean isBound = order.isBound(value);
                assertThat(range.holds(body, 2, body.length))
                        .as("seed %d, %s", seed, sortOrder)
                        .isEqualTo(!isBound || order.compare(value, min) >= 0 && order.compare(value, max) <= 0);
                assertThat(range.isMin(body, 2, body.length))
                        .as("seed %d, %s", seed, sortOrder)
                        .isEqualTo(isBound && order.compare(value, min) == 0);
                assertThat(range.isMax(body, 2, body.length))
                        .as("seed %d, %s", seed, sortOrder)
                        .isEqualTo(isBound && order.compare(value, max) == 0);
            }
        }
    }

    private static Leaf leaf(SortOrder order, Random random) {
        PhysicalType type = switch (order) {
            case INT32_SIGNED, INT32_UNSIGNED -> PhysicalType.INT32;
            case INT64_SIGNED, INT64_UNSIGNED -> PhysicalType.INT64;
            case FLOAT, FLOAT_TOTAL -> PhysicalType.FLOAT;
            case DOUBLE, DOUBLE_TOTAL -> PhysicalType.DOUBLE;
            case FLOAT16, FLOAT16_TOTAL -> PhysicalType.FIXED_LEN_BYTE_ARRAY;
            default -> random.nextBoolean() ? PhysicalType.BYTE_ARRAY : PhysicalType.FIXED_LEN_BYTE_ARRAY;
        };
        boolean half = order == SortOrder.FLOAT16 || order == SortOrder.FLOAT16_TOTAL;
        int length = type == PhysicalType.FIXED_LEN_BYTE_ARRAY ? half ? 2 : 3 : 0;
        return new Leaf(0, List.of("a"), type, length, 0, 0, order);
    }

    private static byte[] value(Leaf leaf, Random random) {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        long integer = random.nextBoolean() ? INTEGERS[random.nextInt(INTEGERS.length)] : random.nextInt(20) - 10;
        double number = NUMBERS[random.nextInt(NUMBERS.length)];
        return switch (leaf.type()) {
            case INT32 -> first(bytes.putInt((int) integer), 4);
            case INT64 -> bytes.putLong(integer).array();
            case FLOAT -> first(bytes.putFloat((float) number), 4);
            case DOUBLE -> bytes.putDouble(number).array();
            case FIXED_LEN_BYTE_ARRAY -> random(leaf.typeLength(), random);
            default -> random(1 + random.nextInt(4), random);
        };
    }

    private static byte[] first(ByteBuffer bytes, int count) {
        return Arrays.copyOf(bytes.array(), count);
    }

    private static byte[] random(int length, Random random) {
        byte[] value = new byte[length];
        for (int i = 0; i < length; i++) {
            value[i] = (byte) (random.nextInt(3) - 1);
        }
        return value;
    }
}
