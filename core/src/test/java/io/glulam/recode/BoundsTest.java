package io.glulam.recode;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.SortOrder;
import io.glulam.statistics.ValueOrder;
import io.glulam.testkit.generate.Seeds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link NumberBounds} and {@link ByteBounds} beside the least and the greatest of a sorted list. */
@Tag("once")
class BoundsTest {
    private static final EnumSet<SortOrder> FLOATING = EnumSet.of(
            SortOrder.FLOAT,
            SortOrder.FLOAT_TOTAL,
            SortOrder.DOUBLE,
            SortOrder.DOUBLE_TOTAL,
            SortOrder.FLOAT16,
            SortOrder.FLOAT16_TOTAL);

    static LongStream seeds() {
        return Seeds.stream(40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void integersHaveTheirLeastAndGreatest(long seed) {
        Random random = new Random(seed);
        for (SortOrder order : List.of(
                SortOrder.INT32_SIGNED,
                SortOrder.INT32_UNSIGNED,
                SortOrder.INT64_SIGNED,
                SortOrder.INT64_UNSIGNED,
                SortOrder.BOOLEAN)) {
            long[] values = random.longs(1 + random.nextInt(20))
                    .map(value -> drawn(order, value, random))
                    .toArray();
            Comparator<Long> naive = switch (order) {
                case INT32_UNSIGNED -> (a, b) -> Integer.compareUnsigned(a.intValue(), b.intValue());
                case INT64_UNSIGNED -> Long::compareUnsigned;
                default -> Comparator.naturalOrder();
            };
            NumberBounds bounds = new NumberBounds(order);
            addInParts(values, random, order, bounds, null);

            List<Long> sorted = Arrays.stream(values).boxed().sorted(naive).toList();
            assertThat(bounds.min()).as("seed %d, %s", seed, order).isEqualTo(plain(order, sorted.get(0)));
            assertThat(bounds.max())
                    .as("seed %d, %s", seed, order)
                    .isEqualTo(plain(order, sorted.get(sorted.size() - 1)));
            assertThat(bounds.isMinExact() && bounds.isMaxExact()).isTrue();
        }
    }

    private static long drawn(SortOrder order, long value, Random random) {
        long[] limits = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE};
        long drawn = random.nextInt(3) == 0 ? limits[random.nextInt(limits.length)] : value;
        return switch (order) {
            case BOOLEAN -> drawn & 1;
            case INT32_SIGNED, INT32_UNSIGNED -> (int) drawn;
            default -> drawn;
        };
    }

    /** Adds values to bounds, some by other bounds; counts NaNs. */
    private static int addInParts(
            long[] values, Random random, SortOrder order, NumberBounds bounds, @Nullable NumberBounds nans) {
        int found = 0;
        for (int from = 0; from < values.length; ) {
            int count = Math.min(values.length - from, random.nextInt(5));
            NumberBounds part = random.nextBoolean() ? bounds : new NumberBounds(order);
            if (nans == null) {
                part.add(values, from, count);
            } else {
                found += part.addFloats(values, from, count, nans);
            }
            if (part != bounds) {
                bounds.addAll(part);
            }
            from += count;
        }
        return found;
    }

    private static int width(SortOrder order) {
        return switch (order) {
            case BOOLEAN -> 1;
            case FLOAT16, FLOAT16_TOTAL -> 2;
            case INT32_SIGNED, INT32_UNSIGNED, FLOAT, FLOAT_TOTAL -> 4;
            default -> 8;
        };
    }

    private static byte[] plain(SortOrder order, long bits) {
        byte[] bytes = new byte[width(order)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bits >> 8 * i);
        }
        return bytes;
    }

    private static double number(SortOrder order, long bits) {
        return switch (width(order)) {
            case 2 -> half((int) bits);
            case 4 -> Float.intBitsToFloat((int) bits);
            default -> Double.longBitsToDouble(bits);
        };
    }

    /** A half has the order, and is a zero or a NaN, as a float with the same sign, a longer exponent and a longer fraction. */
    private static float half(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int longer = exponent == 0x1f ? 0xff : exponent;
        return Float.intBitsToFloat((bits & 0x8000) << 16 | longer << 23 | (bits & 0x3ff) << 13);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void floatingPointNumbersHaveTheirLeastAndGreatestBesideNaNs(long seed) {
        Random random = new Random(seed);
        for (SortOrder order : FLOATING) {
            long[] values = new long[1 + random.nextInt(12)];
            boolean few = random.nextBoolean();
            Arrays.setAll(values, i -> drawnFloat(order, few, random));
            NumberBounds bounds = new NumberBounds(order);
            NumberBounds nans = new NumberBounds(order);
            int found = addInParts(values, random, order, bounds, nans);

            String as = "seed " + seed + ", " + order;
            List<Long> numbers = new ArrayList<>();
            List<Long> others = new ArrayList<>();
            for (long value : values) {
                (Double.isNaN(number(order, value)) ? others : numbers).add(value);
            }
            assertThat(found).as(as).isEqualTo(others.size());
            assertThat(bounds.isEmpty()).as(as).isEqualTo(numbers.isEmpty());
            assertThat(nans.isEmpty()).as(as).isEqualTo(others.isEmpty());
            // Double.compare has −0 before +0, as the total order does.
            numbers.sort(Comparator.comparingDouble(bits -> number(order, bits)));
            // NaNs with a sign come before those without; by their bits among those of one sign.
            others.sort(Comparator.comparingLong(bits -> bits < 0 ? -(bits & Long.MAX_VALUE) : bits));
            assertEnds(order, bounds, numbers, as);
            assertEnds(order, nans, others, as);
            if (!numbers.isEmpty()) {
                boolean bothZeros = numbers.contains(0L) && numbers.stream().anyMatch(bits -> isMinusZero(order, bits));
                boolean told = order.name().endsWith("_TOTAL") || !bothZeros;
                assertThat(bounds.isMinExact()).as(as).isEqualTo(told || number(order, numbers.get(0)) != 0);
                assertThat(bounds.isMaxExact())
                        .as(as)
                        .isEqualTo(told || number(order, numbers.get(numbers.size() - 1)) != 0);
            }
        }
    }

    private static boolean isMinusZero(SortOrder order, long bits) {
        return Double.doubleToRawLongBits(number(order, bits)) == Long.MIN_VALUE;
    }

    private static void assertEnds(SortOrder order, NumberBounds bounds, List<Long> sorted, String as) {
        if (!sorted.isEmpty()) {
            assertThat(bounds.min()).as(as).isEqualTo(plain(order, sorted.get(0)));
            assertThat(bounds.max()).as(as).isEqualTo(plain(order, sorted.get(sorted.size() - 1)));
        }
    }

    /** Bits with the sign in front, as columns have them. */
    private static long drawnFloat(SortOrder order, boolean few, Random random) {
        int bits = width(order) * 8;
        long infinity = switch (bits) {
            case 16 -> 0x7c00L;
            case 32 -> 0x7f80_0000L;
            default -> 0x7ff0_0000_0000_0000L;
        };
        long[] special = {0, 1, infinity, infinity + 1, infinity - 1, (1L << bits - 1) - 1};
        long size = few ? random.nextInt(2) : special[random.nextInt(special.length)];
        long magnitude = !few && random.nextBoolean() ? random.nextLong() & (1L << bits - 1) - 1 : size;
        return random.nextBoolean() ? magnitude : magnitude | -1L << bits - 1;
    }

    @ParameterizedTest
    @EnumSource(SortOrder.class)
    void boundsOfNothingAreEmptyAlsoAfterAReset(SortOrder order) {
        NumberBounds bounds = new NumberBounds(order);
        assertThat(bounds.isEmpty()).isTrue();
        bounds.add(new long[] {5}, 0, 0);
        bounds.addAll(new NumberBounds(order));
        assertThat(bounds.isEmpty()).isTrue();
        bounds.add(new long[] {0, 1, 0}, 1, 1);
        assertThat(bounds.isEmpty()).isEqualTo(order == SortOrder.NONE);
        bounds.reset();
        assertThat(bounds.isEmpty()).isTrue();
        bounds.add(new long[] {0, 1, 0}, 0, 1);
        if (order != SortOrder.NONE && !FLOATING.contains(order)) {
            assertThat(bounds.max()).isEqualTo(plain(order, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bytesHaveTheirLeastAndGreatest(long seed) {
        Random random = new Random(seed);
        for (boolean decimal : new boolean[] {false, true}) {
            SortOrder order = decimal ? SortOrder.DECIMAL_BINARY : SortOrder.BYTES_UNSIGNED;
            int fixed = random.nextBoolean() ? 0 : 1 + random.nextInt(17);
            ByteBounds bounds = new ByteBounds(ValueOrder.of(order, fixed));
            Heap heap = new Heap(1 + random.nextInt(40), fixed, decimal ? 1 : 0, random);
            if (random.nextBoolean()) {
                bounds.add(new byte[] {127, 127}, 0, Math.max(1, Math.min(2, fixed)));
                bounds.reset();
            }
            for (int from = 0; from < heap.starts.length; ) {
                int count = Math.min(heap.starts.length - from, random.nextInt(6));
                ByteBounds part = random.nextBoolean() ? bounds : new ByteBounds(ValueOrder.of(order, fixed));
                if (count == 1) {
                    part.add(heap.bytes, heap.starts[from], heap.lengths[from]);
                } else {
                    part.add(heap.bytes, heap.starts, heap.lengths, from, count);
                }
                if (part != bounds) {
                    bounds.addAll(part);
                }
                from += count;
            }

            Comparator<byte[]> naive = decimal ? Comparator.comparing(BigInteger::new) : Arrays::compareUnsigned;
            List<byte[]> values = heap.values();
            assertThat(naive.compare(bounds.min(), Collections.min(values, naive)))
                    .as("seed %d, %s", seed, order)
                    .isZero();
            assertThat(naive.compare(bounds.max(), Collections.max(values, naive)))
                    .as("seed %d, %s", seed, order)
                    .isZero();
        }
    }

    /** Values of few different bytes, many with a beginning in common, up to the heap's last byte. */
    private static final class Heap {
        final byte[] bytes;
        final int[] starts;
        final int[] lengths;

        Heap(int count, int fixed, int least, Random random) {
            starts = new int[count];
            lengths = new int[count];
            byte[] all = new byte[count * 24];
            int size = 0;
            boolean alike = random.nextBoolean();
            for (int i = 0; i < count; i++) {
                int length = fixed > 0 ? fixed : least + random.nextInt(18);
                starts[i] = size;
                lengths[i] = length;
                for (int k = 0; k < length; k++) {
                    byte[] few = {0, 1, -1, 127, -128};
                    all[size + k] = alike && k < 8 ? 1 : few[random.nextInt(few.length)];
                }
                size += length;
            }
            bytes = Arrays.copyOf(all, size);
        }

        List<byte[]> values() {
            List<byte[]> values = new ArrayList<>();
            for (int i = 0; i < starts.length; i++) {
                values.add(Arrays.copyOfRange(bytes, starts[i], starts[i] + lengths[i]));
            }
            return values;
        }
    }

    @Test
    void aDecimalWithoutDigitsLeavesTheOthersWithoutBounds() {
        ByteBounds bounds = new ByteBounds(ValueOrder.of(SortOrder.DECIMAL_BINARY, 0));
        bounds.add(new byte[] {5}, 0, 1);
        assertThat(bounds.isEmpty()).isFalse();
        bounds.add(new byte[] {5}, 1, 0);
        assertThat(bounds.isEmpty()).isTrue();
        ByteBounds whole = new ByteBounds(ValueOrder.of(SortOrder.DECIMAL_BINARY, 0));
        whole.add(new byte[] {6}, 0, 1);
        whole.addAll(bounds);
        assertThat(whole.isEmpty()).isTrue();
        whole.reset();
        whole.add(new byte[] {7}, 0, 1);
        assertThat(whole.min()).containsExactly(7);
        assertThat(whole.isEmpty()).isFalse();
    }

    @Test
    void anEmptyTextIsTheLeast() {
        ByteBounds bounds = new ByteBounds(ValueOrder.of(SortOrder.BYTES_UNSIGNED, 0));
        bounds.add(new byte[] {0}, 0, 1);
        bounds.add(new byte[] {0}, 0, 0);
        bounds.add(new byte[] {0, 0}, 0, 2);
        assertThat(bounds.min()).isEmpty();
        assertThat(bounds.max()).containsExactly(0, 0);
    }
}
