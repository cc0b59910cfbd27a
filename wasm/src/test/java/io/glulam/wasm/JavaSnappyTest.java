package io.glulam.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.codec.JvmCodecs;
import io.glulam.error.CorruptFile;
import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.PageCodec;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SNAPPY in plain Java and the native library unpack what the other has packed. */
class JavaSnappyTest {
    private static final PageCodec NATIVE = JvmCodecs.INSTANCE.of(CompressionCodec.SNAPPY);

    private final PageCodec java = new JavaSnappy();

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachUnpacksWhatTheOtherPacks(int seed) {
        byte[] bytes = bytes(new Random(seed));

        assertThat(unpacked(NATIVE, packed(java, bytes), bytes.length)).isEqualTo(bytes);
        assertThat(unpacked(java, packed(NATIVE, bytes), bytes.length)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedBytesAreRefusedOrUnpackToAsManyBytes(int seed) {
        Random random = new Random(seed);
        byte[] bytes = bytes(random);
        byte[] packed = packed(NATIVE, bytes);
        for (int i = 0; i < 10; i++) {
            byte[] damaged = Arrays.copyOf(packed, 1 + random.nextInt(packed.length));
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                unpacked(java, damaged, bytes.length);
            } catch (CorruptFile refused) {
                assertThat(refused).hasMessageContaining("SNAPPY");
            }
        }
    }

    @Test
    void aLengthOtherThanThePagesIsRefused() {
        byte[] packed = packed(NATIVE, new byte[100]);
        assertThatThrownBy(() -> unpacked(java, packed, 99))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("claims 100 bytes, expected 99");
    }

    @Test
    void repeatedBytesBecomeSmall() {
        assertThat(packed(java, new byte[1 << 20]).length).isLessThan(60_000);
    }

    /** Runs, copies from before and noise, of up to some hundred kilobytes. */
    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(1 << random.nextInt(19))];
        int alphabet = 1 + random.nextInt(256);
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(1 << random.nextInt(12)));
            int back = at == 0 ? 0 : 1 + random.nextInt(at);
            boolean copied = back > 0 && random.nextBoolean();
            for (int i = at; i < at + length; i++) {
                bytes[i] = copied ? bytes[i - back] : (byte) random.nextInt(alphabet);
            }
            at += length;
        }
        return bytes;
    }

    private static byte[] packed(PageCodec codec, byte[] bytes) {
        byte[] target = new byte[codec.maxCompressedLength(bytes.length)];
        return Arrays.copyOf(target, codec.compress(bytes, 0, bytes.length, target, 0));
    }

    private static byte[] unpacked(PageCodec codec, byte[] packed, int length) {
        byte[] target = new byte[length];
        codec.decompress(packed, 0, packed.length, target, 0, length);
        return target;
    }
}
