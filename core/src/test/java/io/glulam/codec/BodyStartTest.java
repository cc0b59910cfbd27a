package io.glulam.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdCompressCtx;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.PageCodec;
import io.glulam.testkit.generate.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** The beginning of a page body is unpacked without the rest of it. */
class BodyStartTest {
    private static final int[] WANTED = {1, 4, 5, 1_000, 65_536, 131_072, 131_073, 200_000, 1_000_000};

    static Stream<CompressionCodec> unpackingFromStart() {
        return Arrays.stream(CompressionCodec.values()).filter(CompressionCodec::unpacksFromStart);
    }

    /** The others, whose framing allows whole bodies only, give no bytes. */
    @ParameterizedTest
    @MethodSource("unpackingFromStart")
    void theStartIsThatOfTheWholeBody(CompressionCodec name) {
        try (PageCodec codec = JvmCodecs.INSTANCE.of(name)) {
            for (byte[] body : PageBodies.generate(Seeds.base())) {
                byte[] packed = packed(codec, body);
                for (int wanted : WANTED) {
                    byte[] start = start(codec, packed, packed.length, wanted);
                    assertThat(start).as(describe(name, body, wanted)).isEqualTo(Arrays.copyOf(body, start.length));
                    assertThat(start.length)
                            .as(describe(name, body, wanted))
                            .isBetween(Math.min(wanted, body.length), wanted + PageCodec.START_SLACK);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "LZO")
    void aPartOfABodyGivesItsStartOrLess(CompressionCodec name) {
        Random random = new Random(Seeds.base());
        try (PageCodec codec = JvmCodecs.INSTANCE.of(name)) {
            for (byte[] body : PageBodies.generate(Seeds.base())) {
                byte[] packed = packed(codec, body);
                for (int i = 0; i < 8; i++) {
                    int length = random.nextInt(1 + packed.length);
                    int wanted = WANTED[random.nextInt(WANTED.length)];
                    byte[] start = start(codec, packed, length, wanted);
                    assertThat(start).as(describe(name, body, wanted)).isEqualTo(Arrays.copyOf(body, start.length));
                }
            }
        }
    }

    /** Otherwise counting the rows of a long page would cost as much as unpacking it. */
    @Test
    void aShortStartOfALongBodyNeedsFewBytesOfIt() {
        for (CompressionCodec name : new CompressionCodec[] {
            CompressionCodec.SNAPPY, CompressionCodec.LZ4_RAW, CompressionCodec.GZIP, CompressionCodec.ZSTD
        }) {
            try (PageCodec codec = JvmCodecs.INSTANCE.of(name)) {
                byte[] body = new byte[1 << 20];
                new Random(1).nextBytes(body);
                byte[] packed = packed(codec, body);
                int wanted = 20_000;
                int atHand = name == CompressionCodec.ZSTD ? 140_000 : 28_000;
                assertThat(start(codec, packed, atHand, wanted))
                        .as(name.name())
                        .hasSizeBetween(wanted, wanted + PageCodec.START_SLACK)
                        .startsWith(Arrays.copyOf(body, wanted));
            }
        }
    }

    /** The sizes that a frame may carry or leave out, and blocks that are smaller than they may be. */
    @Test
    void framesOfEveryHeaderAreUnderstood() {
        try (PageCodec codec = JvmCodecs.INSTANCE.of(CompressionCodec.ZSTD);
                ZstdCompressCtx writer = new ZstdCompressCtx()) {
            for (int level : new int[] {1, 3, 9, 19}) {
                for (int i = 0; i < 4; i++) {
                    writer.reset();
                    writer.setLevel(level);
                    writer.setContentSize((i & 1) != 0);
                    writer.setChecksum((i & 2) != 0);
                    for (byte[] body : PageBodies.generate(Seeds.base() + level)) {
                        byte[] packed = writer.compress(body);
                        for (int wanted : WANTED) {
                            byte[] start = start(codec, packed, packed.length, wanted);
                            assertThat(start)
                                    .as("level %d, header %d, %d of %d bytes", level, i, wanted, body.length)
                                    .isEqualTo(Arrays.copyOf(body, start.length))
                                    .hasSizeGreaterThanOrEqualTo(Math.min(wanted, body.length));
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "LZO")
    void damagedBodiesAreRefusedOrGiveSomeBytes(CompressionCodec name) {
        Random random = new Random(Seeds.base());
        try (PageCodec codec = JvmCodecs.INSTANCE.of(name)) {
            for (byte[] body : PageBodies.generate(Seeds.base())) {
                byte[] packed = packed(codec, body);
                for (int i = 0; i < 20 && packed.length > 0; i++) {
                    byte[] damaged = packed.clone();
                    damaged[random.nextInt(Math.min(40, damaged.length))] ^= (byte) (1 << random.nextInt(8));
                    int wanted = WANTED[random.nextInt(WANTED.length)];
                    try {
                        assertThat(start(codec, damaged, damaged.length, wanted).length)
                                .isLessThanOrEqualTo(wanted + PageCodec.START_SLACK);
                    } catch (GlulamException refused) {
                        assertThat(refused).isInstanceOf(CorruptFile.class).hasMessageContaining(name.name());
                    }
                }
            }
        }
    }

    @Test
    void copiesFromBeforeTheBodyAreRefused() {
        byte[] snappy = {20, 4, 1, 2, 0b1_0000_01 | 4, 9};
        byte[] lz4 = {0x20, 1, 2, 9, 0};
        assertThatThrownBy(() -> start(JvmCodecs.INSTANCE.of(CompressionCodec.SNAPPY), snappy, snappy.length, 20))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("bytes before byte 2");
        assertThatThrownBy(() -> start(JvmCodecs.INSTANCE.of(CompressionCodec.LZ4_RAW), lz4, lz4.length, 20))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("copies from 9 bytes before byte 2");
    }

    private static byte[] packed(PageCodec codec, byte[] body) {
        byte[] target = new byte[codec.maxCompressedLength(body.length)];
        return Arrays.copyOf(target, codec.compress(body, 0, body.length, target, 0));
    }

    private static byte[] start(PageCodec codec, byte[] packed, int length, int wanted) {
        // What is not at hand is not in the array either; both ranges begin within theirs.
        byte[] source = new byte[3 + length];
        System.arraycopy(packed, 0, source, 3, length);
        byte[] target = new byte[5 + wanted + PageCodec.START_SLACK];
        int unpacked = codec.decompressStart(source, 3, length, target, 5, wanted);
        return Arrays.copyOfRange(target, 5, 5 + unpacked);
    }

    private static String describe(CompressionCodec name, byte[] body, int wanted) {
        return name + ", " + wanted + " of " + body.length + " bytes";
    }
}
