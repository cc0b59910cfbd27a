package io.glulam.wasm;

import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.PageCodec;
import io.glulam.page.codec.PageCodecs;
import io.glulam.page.codec.UncompressedCodec;

/** The codecs of a host with zlib, Brotli and Zstandard; SNAPPY, LZ4 and, to read, LZO in plain Java. */
final class HostCodecs implements PageCodecs {
    @Override
    public PageCodec of(CompressionCodec codec, int level) {
        return switch (codec) {
            case UNCOMPRESSED -> new UncompressedCodec();
            case SNAPPY -> new JavaSnappy();
            case GZIP, BROTLI, ZSTD -> new HostCodec(codec, level);
            case LZ4 -> new JavaLz4(true);
            case LZ4_RAW -> new JavaLz4(false);
            case LZO -> new JavaLzo();
        };
    }
}
