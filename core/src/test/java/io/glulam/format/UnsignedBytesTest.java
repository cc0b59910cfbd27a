package io.glulam.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class UnsignedBytesTest {
    @Test
    void theOrderIsThatOfTheJdk() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] left = bytes(random);
            byte[] right = random.nextInt(3) == 0 ? bytes(random) : changed(left, random);
            int expected = Integer.signum(Arrays.compareUnsigned(left, right));
            assertThat(Integer.signum(UnsignedBytes.compare(left, right))).isEqualTo(expected);

            byte[] leftWithin = within(left, 3);
            byte[] rightWithin = within(right, 5);
            assertThat(Integer.signum(UnsignedBytes.compare(leftWithin, 3, left.length, rightWithin, 5, right.length)))
                    .isEqualTo(expected);
        }
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(30)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The same with another byte, or another length. */
    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = Arrays.copyOf(bytes, Math.max(0, bytes.length + random.nextInt(3) - 1));
        if (changed.length > 0 && random.nextBoolean()) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static byte[] within(byte[] bytes, int from) {
        byte[] all = new byte[from + bytes.length + 9];
        Arrays.fill(all, (byte) 0xff);
        System.arraycopy(bytes, 0, all, from, bytes.length);
        return all;
    }
}
