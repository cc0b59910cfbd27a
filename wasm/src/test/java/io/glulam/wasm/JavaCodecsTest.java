package io.glulam.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.lzo.LzoCompressor;
import io.glulam.codec.JvmCodecs;
import io.glulam.error.CorruptFile;
import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.HadoopBlocks;
import io.glulam.page.codec.PageCodec;
import io.glulam.page.codec.PageCodecs;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SNAPPY and LZ4 in plain Java and the native libraries unpack what the other has packed, SNAPPY to the same bytes; LZO is read
 * as the JVM reads it.
 */
@Tag("once")
class JavaCodecsTest {
    private static final List<CompressionCodec> CODECS =
            List.of(CompressionCodec.SNAPPY, CompressionCodec.LZ4, CompressionCodec.LZ4_RAW);
    private static final PageCodecs OWN = new HostCodecs();

    static Stream<Arguments> cases() {
        return CODECS.stream().flatMap(codec -> IntStream.range(0, 200).mapToObj(seed -> Arguments.of(codec, seed)));
    }

    static IntStream seeds() {
        return IntStream.range(0, 1000);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachUnpacksWhatTheOtherPacks(CompressionCodec codec, int seed) {
        PageCodec own = OWN.of(codec);
        PageCodec other = JvmCodecs.INSTANCE.of(codec);
        byte[] bytes = bytes(new Random(seed));

        assertThat(unpacked(other, packed(own, bytes), bytes.length)).isEqualTo(bytes);
        assertThat(unpacked(own, packed(other, bytes), bytes.length)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void snappyPacksToTheNativeLibrarysBytes(int seed) {
        byte[] bytes = bytes(new Random(seed));

        assertThat(packed(OWN.of(CompressionCodec.SNAPPY), bytes))
                .isEqualTo(packed(JvmCodecs.INSTANCE.of(CompressionCodec.SNAPPY), bytes));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void lzoIsReadAsTheJvmReadsIt(int seed) {
        Random random = new Random(seed);
        byte[] bytes = bytes(random);
        byte[] packed = lzo(bytes);

        assertThat(unpacked(OWN.of(CompressionCodec.LZO), packed, bytes.length)).isEqualTo(bytes);
        for (int i = 0; i < 10 && packed.length > 0; i++) {
            byte[] damaged = Arrays.copyOf(packed, 1 + random.nextInt(packed.length));
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));

            assertThat(unpackedOrRefused(OWN, damaged, bytes.length))
                    .isEqualTo(unpackedOrRefused(JvmCodecs.INSTANCE, damaged, bytes.length));
        }
    }

    /** The bytes, each a number; a word if they are refused. */
    private static Object unpackedOrRefused(PageCodecs codecs, byte[] packed, int length) {
        try {
            return unpacked(codecs.of(CompressionCodec.LZO), packed, length);
        } catch (CorruptFile refused) {
            return "refused";
        }
    }

    /** One block in Hadoop's framing. */
    private static byte[] lzo(byte[] bytes) {
        LzoCompressor compressor = new LzoCompressor();
        byte[] packed = new byte[8 + compressor.maxCompressedLength(bytes.length)];
        int length = compressor.compress(bytes, 0, bytes.length, packed, 8, packed.length - 8);
        HadoopBlocks.writeInt(packed, 0, bytes.length);
        HadoopBlocks.writeInt(packed, 4, length);
        return bytes.length == 0 ? new byte[0] : Arrays.copyOf(packed, 8 + length);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void damagedBytesAreRefusedOrUnpackToAsManyBytes(CompressionCodec codec, int seed) {
        PageCodec own = OWN.of(codec);
        Random random = new Random(seed);
        byte[] bytes = bytes(random);
        byte[] packed = packed(JvmCodecs.INSTANCE.of(codec), bytes);
        for (int i = 0; i < 10; i++) {
            byte[] damaged = Arrays.copyOf(packed, 1 + random.nextInt(packed.length));
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                unpacked(own, damaged, bytes.length);
            } catch (CorruptFile refused) {
                assertThat(refused).hasMessageContaining(codec.name());
            }
        }
    }

    @Test
    void aLengthOtherThanThePagesIsRefused() {
        PageCodec snappy = OWN.of(CompressionCodec.SNAPPY);
        byte[] packed = packed(snappy, new byte[100]);
        assertThatThrownBy(() -> unpacked(snappy, packed, 99))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("claims 100 bytes, expected 99");
    }

    @ParameterizedTest
    @EnumSource(names = {"SNAPPY", "LZ4", "LZ4_RAW"})
    void repeatedBytesBecomeSmall(CompressionCodec codec) {
        assertThat(packed(OWN.of(codec), new byte[1 << 20]).length).isLessThan(60_000);
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
