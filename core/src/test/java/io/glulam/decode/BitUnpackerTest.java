package io.glulam.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of every width, wherever they begin, up to the last bit of the array. */
@Tag("once")
class BitUnpackerTest {
    private static final int MARGIN = 3;

    private static byte[] bytes(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        for (int i = 0; i < length; i++) {
            bytes[i] = random.nextInt(4) == 0 ? 0 : bytes[i];
        }
        return bytes;
    }

    /** The same by arithmetic: the bytes are one number, least significant first. */
    private static BigInteger whole(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[bytes.length - 1 - i] = bytes[i];
        }
        return new BigInteger(1, reversed);
    }

    private static long expected(BigInteger whole, long bit, int width) {
        BigInteger mask = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
        return whole.shiftRight((int) bit).and(mask).longValue();
    }

    @Test
    void numbersOfAtMost32BitsAreUnpacked() {
        Random random = new Random(1);
        for (int width = 0; width <= 32; width++) {
            for (int length : new int[] {1, 7, 8, 9, 40}) {
                byte[] bytes = bytes(length, random);
                BigInteger whole = whole(bytes);
                for (int bit = 0; bit < 9; bit++) {
                    int count = width == 0 ? 5 : Math.max(0, (8 * length - bit) / width);
                    int[] target = new int[count + 2 * MARGIN];
                    BitUnpacker.unpack(bytes, bit, width, target, MARGIN, count);
                    int zeros = 0;
                    for (int i = 0; i < count; i++) {
                        int number = (int) expected(whole, bit + (long) i * width, width);
                        assertThat(target[MARGIN + i])
                                .as("number %d of %d bits from bit %d of %d bytes", i, width, bit, length)
                                .isEqualTo(number);
                        zeros += number == 0 ? 1 : 0;
                    }
                    assertThat(target[MARGIN - 1]).isZero();
                    assertThat(target[MARGIN + count]).isZero();
                    assertThat(BitUnpacker.zeros(bytes, bit, width, count)).isEqualTo(zeros);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {1, 31, 32, 33, 57, 58, 63, 64})
    void oneNumberOfAtMost64Bits(int width) {
        byte[] bytes = bytes(20, new Random(width));
        BigInteger whole = whole(bytes);
        for (int bit = 0; bit + width <= 8 * bytes.length; bit++) {
            assertThat(BitUnpacker.one(bytes, bit, width)).isEqualTo(expected(whole, bit, width));
        }
    }

    @Test
    void numbersThatLieInEightBytesOfTheArrayCanBeLoaded() {
        assertThat(BitUnpacker.loadable(new byte[8], 0, 8, 100)).isEqualTo(1);
        assertThat(BitUnpacker.loadable(new byte[8], 0, 1, 100)).isEqualTo(8);
        assertThat(BitUnpacker.loadable(new byte[8], 0, 1, 5)).isEqualTo(5);
        assertThat(BitUnpacker.loadable(new byte[7], 0, 8, 100)).isZero();
        assertThat(BitUnpacker.loadable(new byte[100], 0, 58, 1)).isZero();
        assertThat(BitUnpacker.loadable(new byte[100], 8 * 93, 8, 1)).isZero();
    }
}
