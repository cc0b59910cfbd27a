package io.glulam.codec;

import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.GzipCodec;
import io.glulam.page.codec.PageCodec;
import io.glulam.page.codec.PageCodecs;
import io.glulam.page.codec.UncompressedCodec;

/** The codecs of the JVM: native libraries for all but GZIP, which the JDK has, and LZO, which is read by plain Java. */
public final class JvmCodecs implements PageCodecs {
    /** The only instance. */
    public static final JvmCodecs INSTANCE = new JvmCodecs();

    private JvmCodecs() {}

    @Override
    public PageCodec of(CompressionCodec codec, int level) {
        return switch (codec) {
            case UNCOMPRESSED -> new UncompressedCodec();
            case SNAPPY -> new SnappyCodec();
            case GZIP -> new GzipCodec(level);
            case LZO -> new LzoCodec();
            case BROTLI -> new BrotliCodec();
            case LZ4 -> new Lz4Codec();
            case ZSTD -> new ZstdCodec(level);
            case LZ4_RAW -> new Lz4RawCodec();
        };
    }
}
