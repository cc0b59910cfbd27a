package io.glulam.wasm;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.PageCodec;
import io.glulam.page.codec.PageCodecs;
import io.glulam.page.codec.UncompressedCodec;

/** The codecs of a host with zlib, Brotli and Zstandard; SNAPPY and LZ4 in plain Java. */
final class HostCodecs implements PageCodecs {
    @Override
    public PageCodec of(CompressionCodec codec, int level) {
        return switch (codec) {
            case UNCOMPRESSED -> new UncompressedCodec();
            case SNAPPY -> new JavaSnappy();
            case GZIP, BROTLI, ZSTD -> new HostCodec(codec, level);
            case LZ4 -> new JavaLz4(true);
            case LZ4_RAW -> new JavaLz4(false);
            case LZO ->
                throw new Unsupported(
                        Place.UNKNOWN, codec + " is not in the engine as WebAssembly", "compact it with the command");
        };
    }
}
