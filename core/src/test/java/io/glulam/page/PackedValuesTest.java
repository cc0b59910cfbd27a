package io.glulam.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of each width, packed and unpacked bit by bit and by parquet-java. */
@Tag("once")
class PackedValuesTest {
    static IntStream widths() {
        return IntStream.rangeClosed(0, 32);
    }

    private static int[] values(int width, int count, Random random) {
        int mask = width == 32 ? -1 : (1 << width) - 1;
        return random.ints(count)
                .map(value -> switch (random.nextInt(3)) {
                    case 0 -> 0;
                    case 1 -> mask;
                    default -> value & mask;
                })
                .toArray();
    }

    /** The bytes of whole groups of eight, padded with zeros. */
    private static byte[] packed(int[] values, int width) {
        byte[] packed = new byte[(values.length + 7) / 8 * width];
        for (int i = 0; i < values.length; i++) {
            for (int bit = 0; bit < width; bit++) {
                long at = (long) i * width + bit;
                packed[(int) (at / 8)] |= (byte) ((values[i] >>> bit & 1) << at % 8);
            }
        }
        return packed;
    }

    @ParameterizedTest
    @MethodSource("widths")
    void parquetJavaPacksAsThisTestDoes(int width) {
        int[] values = values(width, 8, new Random(Seeds.base() + width));
        BytePacker packer = Packer.LITTLE_ENDIAN.newBytePacker(width);
        byte[] theirs = new byte[width];
        packer.pack8Values(values, 0, theirs, 0);
        assertThat(packed(values, width)).isEqualTo(theirs);
    }

    @ParameterizedTest
    @MethodSource("widths")
    void anyNumberOfValuesIsUnpackedWhereverTheArrayEnds(int width) {
        Random random = new Random(Seeds.base() + width);
        for (int count = 0; count < 60; count++) {
            int[] values = values(width, count, random);
            byte[] packed = packed(values, width);
            int needed = (int) (((long) count * width + 7) / 8);
            for (int slack : new int[] {0, 1, 7, 8, 15, 16, 40}) {
                int from = random.nextInt(3);
                byte[] source = new byte[from + needed + slack];
                random.nextBytes(source);
                System.arraycopy(packed, 0, source, from, Math.min(packed.length, needed));
                int[] target = new int[count + 4];
                Arrays.fill(target, -7);
                PackedValues.unpack(source, from, width, target, 2, count);
                int[] wanted = new int[count + 4];
                Arrays.fill(wanted, -7);
                System.arraycopy(values, 0, wanted, 2, count);
                // The bits of the last byte that belong to no value are not looked at.
                assertThat(target)
                        .as("%d values, %d bytes after them", count, slack)
                        .isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void valuesArePackedIntoWholeGroupsPaddedWithZeros(int width) {
        Random random = new Random(Seeds.base() - width);
        for (int count = 0; count < 60; count++) {
            int[] values = values(width, count, random);
            int[] all = new int[count + 5];
            Arrays.fill(all, width == 32 ? -1 : (1 << width) - 1);
            System.arraycopy(values, 0, all, 3, count);
            byte[] packed = packed(values, width);
            byte[] target = new byte[packed.length + 12];
            Arrays.fill(target, (byte) 0x55);
            PackedValues.pack(all, 3, 3 + count, width, target, 4);
            assertThat(Arrays.copyOf(target, 4)).containsOnly(0x55);
            assertThat(Arrays.copyOfRange(target, 4, 4 + packed.length))
                    .as("%d values", count)
                    .isEqualTo(packed);
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void equalValuesAreCounted(int width) {
        Random random = new Random(Seeds.base() + 2L * width);
        for (int count = 0; count < 150; count += 1 + count / 20) {
            int[] values = values(width, count, random);
            byte[] packed = packed(values, width);
            byte[] source = new byte[packed.length + 3];
            random.nextBytes(source);
            System.arraycopy(packed, 0, source, 1, packed.length);
            int most = width == 32 ? -1 : (1 << width) - 1;
            for (int wanted : new int[] {0, 1, most, count == 0 ? 0 : values[0], -1, Integer.MIN_VALUE}) {
                assertThat(PackedValues.countEqual(source, 1, width, count, wanted))
                        .as("%d values, %d", count, wanted)
                        .isEqualTo((int) Arrays.stream(values)
                                .filter(value -> value == wanted)
                                .count());
            }
        }
    }
}
