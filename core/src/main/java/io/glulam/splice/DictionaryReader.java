package io.glulam.splice;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.CompressionCodec;
import io.glulam.page.ByteSource;
import io.glulam.page.PageBodyReader;
import io.glulam.page.codec.PageCodec;
import io.glulam.page.codec.PageCodecs;
import org.jspecify.annotations.Nullable;

/** Reads dictionary pages, keeping one codec open. Not thread-safe. */
final class DictionaryReader implements AutoCloseable {
    private final ByteSource source;
    private final int maxPageBytes;
    private int codecValue = -1;
    private @Nullable PageCodec codec;
    private @Nullable PageBodyReader bodies;

    DictionaryReader(ByteSource source, int maxPageBytes) {
        this.source = source;
        this.maxPageBytes = maxPageBytes;
    }

    /** The page's PLAIN bytes, valid until the next call. */
    byte[] read(DictionaryPage dictionary, int chunkCodec) {
        PageBodyReader reader = bodies;
        if (reader == null || codecValue != chunkCodec) {
            close();
            codec = PageCodecs.of(known(chunkCodec));
            codecValue = chunkCodec;
            reader = new PageBodyReader(source, codec, maxPageBytes, false);
            bodies = reader;
        }
        return reader.read(dictionary.position(), dictionary.headerLength(), dictionary.header());
    }

    static CompressionCodec known(int value) {
        CompressionCodec known = CompressionCodec.of(value);
        if (known == null) {
            throw new Unsupported(Place.UNKNOWN, "the unknown compression codec " + value);
        }
        return known;
    }

    @Override
    public void close() {
        if (codec != null) {
            codec.close();
            codec = null;
        }
    }
}
