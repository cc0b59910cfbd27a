package io.glulam.page.codec;

import io.glulam.format.CompressionCodec;

/** Where {@link PageCodec}s come from. Creating one loads no library and takes no native memory. */
public final class PageCodecs {
    private PageCodecs() {}

    /** A new codec for one worker, which writes at its default level. */
    public static PageCodec of(CompressionCodec codec) {
        return of(codec, 0);
    }

    /**
     * A new codec for one worker.
     *
     * @param level at which it writes: 1 to 22 for ZSTD, 1 to 9 for GZIP, which alone have levels; 0 for the default
     */
    public static PageCodec of(CompressionCodec codec, int level) {
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
