package io.glulam.page.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.codec.JvmCodecs;
import io.glulam.format.CompressionCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("once")
class KeptCodecsTest {
    private static final byte[] TEXT = "a page of a small chunk, ".repeat(40).getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger made = new AtomicInteger();

    private final KeptCodecs codecs = new KeptCodecs((codec, level) -> {
        made.incrementAndGet();
        return JvmCodecs.INSTANCE.of(codec, level);
    });

    private static byte[] packed(PageCodecs from, CompressionCodec kind, int level) {
        try (PageCodec codec = from.of(kind, level)) {
            byte[] target = new byte[codec.maxCompressedLength(TEXT.length)];
            int length = codec.compress(TEXT, 0, TEXT.length, target, 0);
            byte[] again = new byte[TEXT.length];
            codec.decompress(target, 0, length, again, 0, again.length);
            assertThat(again).isEqualTo(TEXT);
            return Arrays.copyOf(target, length);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionCodec.class,
            names = {"SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
    void aCodecThatIsHandedOutAgainWritesTheSameBytes(CompressionCodec kind) {
        byte[] expected = packed(JvmCodecs.INSTANCE, kind, 0);

        for (int i = 0; i < 5; i++) {
            assertThat(packed(codecs, kind, 0)).isEqualTo(expected);
        }

        assertThat(made).hasValue(1);
    }

    @Test
    void twoThatAreInUseAreTwoAndLevelsAreKeptApart() {
        try (PageCodec one = codecs.of(CompressionCodec.ZSTD, 1);
                PageCodec other = codecs.of(CompressionCodec.ZSTD, 1);
                PageCodec higher = codecs.of(CompressionCodec.ZSTD, 19)) {
            assertThat(one).isNotSameAs(other);
            assertThat(higher).isNotSameAs(other);
        }
        assertThat(made).hasValue(3);

        assertThat(packed(codecs, CompressionCodec.ZSTD, 19))
                .isEqualTo(packed(JvmCodecs.INSTANCE, CompressionCodec.ZSTD, 19));
        assertThat(made).hasValue(3);
    }

    @Test
    void onesThatAreClosedTwiceAreHandedOutOnce() {
        PageCodec twice = codecs.of(CompressionCodec.ZSTD);
        twice.close();
        twice.close();

        packed(codecs, CompressionCodec.ZSTD, 0);
        try (PageCodec one = codecs.of(CompressionCodec.ZSTD);
                PageCodec other = codecs.of(CompressionCodec.ZSTD)) {
            assertThat(one).isNotSameAs(other);
        }
        assertThat(made).hasValue(2);
    }

    @Test
    void nothingIsKeptAfterTheEnd() {
        PageCodec open = codecs.of(CompressionCodec.ZSTD);
        codecs.close();
        open.close();

        packed(codecs, CompressionCodec.ZSTD, 0);
        packed(codecs, CompressionCodec.ZSTD, 0);

        assertThat(made).hasValue(3);
    }
}
