package io.glulam.page.codec;

import io.glulam.format.CompressionCodec;

/** Where {@link PageCodec}s come from. Creating one loads no library and takes no native memory. */
public final class PageCodecs {
    private PageCodecs() {}

    /** A new codec for one worker. */
    public static PageCodec of(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED -> new UncompressedCodec();
            case SNAPPY -> new SnappyCodec();
            case GZIP -> new GzipCodec();
            case LZO -> new LzoCodec();
            case BROTLI -> new BrotliCodec();
            case LZ4 -> new Lz4Codec();
            case ZSTD -> new ZstdCodec();
            case LZ4_RAW -> new Lz4RawCodec();
        };
    }
}
