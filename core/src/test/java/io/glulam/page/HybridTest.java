package io.glulam.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.testkit.generate.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hybrid encoding against parquet-java's, and what it must bear from strangers. */
@Tag("once")
class HybridTest {
    private static final int MARGIN = 5;

    static IntStream widths() {
        return IntStream.rangeClosed(0, 32);
    }

    static LongStream seeds() {
        return Seeds.stream(100);
    }

    @ParameterizedTest
    @MethodSource("widths")
    void parquetJavaReadsWhatIsEncoded(int width) throws IOException {
        for (long seed : Seeds.stream().toArray()) {
            int[] values = values(seed, width);
            byte[] bytes = encoded(values, width);

            assertThat(readByParquetJava(bytes, width, values.length))
                    .as("seed %d", seed)
                    .isEqualTo(values);
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void whatParquetJavaEncodesIsRead(int width) throws IOException {
        for (long seed : Seeds.stream().toArray()) {
            int[] values = values(seed, width);
            assertThat(decoded(byParquetJava(values, width), width, values.length))
                    .as("seed %d", seed)
                    .isEqualTo(values);
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void onePackedRunIsReadByBoth(int width) throws IOException {
        for (long seed : Seeds.stream().toArray()) {
            int[] values = values(seed, width);
            ByteArrayBuilder out = new ByteArrayBuilder(16);
            HybridEncoder.encodePacked(values, 0, values.length, width, out);
            byte[] bytes = Arrays.copyOf(out.array(), out.size());

            assertThat(decoded(bytes, width, values.length)).as("seed %d", seed).isEqualTo(values);
            assertThat(readByParquetJava(bytes, width, values.length))
                    .as("seed %d", seed)
                    .isEqualTo(values);
        }
    }

    @Test
    void aRepeatedRunWithoutValuesStillHasItsValuesBytes() {
        byte[] bytes = {0, 4, 2 << 1, 1};

        assertThat(decoded(bytes, 3, 2)).containsExactly(1, 1);
        assertThat(HybridDecoder.count(bytes, 0, bytes.length, 3, 2, 1)).isEqualTo(2);
        assertThatThrownBy(() -> decoded(new byte[] {0}, 3, 2)).isInstanceOf(CorruptFile.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countingAgreesWithDecoding(long seed) throws IOException {
        Random random = new Random(seed);
        int width = random.nextInt(33);
        int[] values = values(seed, width);
        byte[] bytes = random.nextBoolean() ? encoded(values, width) : byParquetJava(values, width);
        int wanted = values[random.nextInt(values.length)];

        assertThat(HybridDecoder.count(bytes, 0, bytes.length, width, values.length, wanted))
                .isEqualTo((int)
                        Arrays.stream(values).filter(value -> value == wanted).count());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void streamsCutOffAnywhereAreRefusedOrHoldTheirValues(long seed) throws IOException {
        Random random = new Random(seed);
        int width = random.nextInt(33);
        int[] values = values(seed, width);
        byte[] bytes = byParquetJava(values, width);
        byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));

        int[] found;
        try {
            found = decoded(cut, width, values.length);
        } catch (CorruptFile refused) {
            return;
        }
        assertThat(found)
                .as("seed %d, cut at %d of %d", seed, cut.length, bytes.length)
                .isEqualTo(values);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void garbageIsRefusedOrDecodesToSomething(long seed) {
        Random random = new Random(seed);
        byte[] garbage = new byte[random.nextInt(60)];
        random.nextBytes(garbage);
        int width = random.nextInt(40);
        int count = random.nextInt(1_000);
        try {
            assertThat(decoded(garbage, width, count)).hasSize(count);
        } catch (CorruptFile refused) {
            assertThat(refused).hasMessageContaining("");
        }
    }

    @Test
    void aRunMayOverrunTheValuesAskedFor() {
        assertThat(decoded(new byte[] {(byte) 0xc8, 0x01, 3}, 2, 7))
                .containsOnly(3)
                .hasSize(7);
        assertThat(decoded(new byte[] {0x05, (byte) 0b11_100_100, 0, 0, 0}, 2, 4))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void aRunMayClaimMoreValuesThanThereCouldBe() {
        byte[] longest = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 1};
        assertThat(decoded(longest, 1, 9)).containsOnly(1);
    }

    @Test
    void paddingMayBeMissing() {
        // One group of eight values of five bits, of which three are wanted: two bytes of the five.
        assertThat(decoded(new byte[] {0x03, (byte) 0b010_00001, 0b0_00011_00}, 5, 3))
                .containsExactly(1, 2, 3);
    }

    @Test
    void aMissingValueIsRefused() {
        assertThatThrownBy(() -> decoded(new byte[] {0x03, (byte) 0b010_00001}, 5, 3))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("3 of 3 values early");
    }

    @Test
    void aRunOfAValueWiderThanTheWidthIsRefused() {
        assertThatThrownBy(() -> decoded(new byte[] {0x10, 8}, 3, 8))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("wider than 3 bits");
    }

    @Test
    void aHeaderThatNeverEndsIsRefused() {
        byte[] endless = new byte[1_000];
        Arrays.fill(endless, (byte) 0x80);
        assertThatThrownBy(() -> decoded(endless, 1, 1)).isInstanceOf(CorruptFile.class);
    }

    @Test
    void runsOfNothingEndWithTheirBytes() {
        assertThatThrownBy(() -> decoded(new byte[1_000], 1, 1)).isInstanceOf(CorruptFile.class);
    }

    @Test
    void aWidthBeyondAnIntIsRefused() {
        assertThatThrownBy(() -> decoded(new byte[100], 33, 1))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("33 bits");
    }

    @Test
    void zeroBitsStillHaveARunHeader() {
        assertThat(encoded(new int[100], 0)).containsExactly(0xc8, 0x01);
        assertThat(decoded(new byte[] {0x03}, 0, 8)).containsOnly(0);
        assertThatThrownBy(() -> decoded(new byte[0], 0, 1)).isInstanceOf(CorruptFile.class);
    }

    /** Literals and runs of all lengths, within the width. */
    private static int[] values(long seed, int width) {
        Random random = new Random(Seeds.derive(seed, "hybrid" + width));
        int[] values = new int[1 + random.nextInt(random.nextBoolean() ? 20 : 2_000)];
        int mask = (int) ((1L << width) - 1);
        int at = 0;
        while (at < values.length) {
            int length = Math.min(values.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
            boolean run = random.nextBoolean();
            int value = random.nextInt() & mask;
            for (int i = 0; i < length; i++) {
                values[at + i] = run ? value : random.nextInt() & mask;
            }
            at += length;
        }
        return values;
    }

    private static byte[] encoded(int[] values, int width) {
        ByteArrayBuilder out = new ByteArrayBuilder(16);
        HybridEncoder.encode(values, 0, values.length, width, out);
        return Arrays.copyOf(out.array(), out.size());
    }

    private static byte[] byParquetJava(int[] values, int width) throws IOException {
        try (RunLengthBitPackingHybridEncoder encoder =
                new RunLengthBitPackingHybridEncoder(width, 64, 1 << 16, new HeapByteBufferAllocator())) {
            for (int value : values) {
                encoder.writeInt(value);
            }
            return encoder.toBytes().toByteArray();
        }
    }

    private static int[] readByParquetJava(byte[] bytes, int width, int count) {
        RunLengthBitPackingHybridDecoder decoder =
                new RunLengthBitPackingHybridDecoder(width, new ByteArrayInputStream(bytes));
        return IntStream.generate(() -> next(decoder)).limit(count).toArray();
    }

    private static int next(RunLengthBitPackingHybridDecoder decoder) {
        try {
            return decoder.readInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Decodes from the middle of an array into the middle of another. */
    private static int[] decoded(byte[] bytes, int width, int count) {
        byte[] source = new byte[bytes.length + 2 * MARGIN];
        Arrays.fill(source, (byte) 0x55);
        System.arraycopy(bytes, 0, source, MARGIN, bytes.length);
        int[] target = new int[count + 2 * MARGIN];
        HybridDecoder.decode(source, MARGIN, MARGIN + bytes.length, width, target, MARGIN, count);
        assertThat(target[MARGIN - 1]).isZero();
        assertThat(target[MARGIN + count]).isZero();
        return Arrays.copyOfRange(target, MARGIN, MARGIN + count);
    }
}
