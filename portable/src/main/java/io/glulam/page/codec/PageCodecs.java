package io.glulam.page.codec;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.CompressionCodec;

/**
 * Where {@link PageCodec}s come from: which libraries compress is a matter of the platform. Creating a codec loads no
 * library and takes no native memory. Thread-safe.
 */
public interface PageCodecs {
    /**
     * A new codec for one worker.
     *
     * @param level at which it writes: 1 to 22 for ZSTD, 1 to 9 for GZIP, which alone have levels; 0 for the default
     */
    PageCodec of(CompressionCodec codec, int level);

    /** A new codec for one worker, which writes at its default level. */
    default PageCodec of(CompressionCodec codec) {
        return of(codec, 0);
    }

    /**
     * The same for a chunk.
     *
     * @param chunkCodec Thrift value of its codec
     * @throws Unsupported if the specification has no such codec
     */
    default PageCodec ofChunk(int chunkCodec) {
        CompressionCodec known = CompressionCodec.of(chunkCodec);
        if (known == null) {
            throw new Unsupported(Place.UNKNOWN, "the unknown compression codec " + chunkCodec);
        }
        return of(known);
    }
}
