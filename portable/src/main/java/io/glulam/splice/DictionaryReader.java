package io.glulam.splice;

import io.glulam.page.PageBodyReader;
import io.glulam.page.codec.PageCodec;
import io.glulam.source.SourceFile;
import org.jspecify.annotations.Nullable;

/** Reads dictionary pages, keeping one codec open. Not thread-safe. */
final class DictionaryReader implements AutoCloseable {
    private final SourceFile file;
    private int codecValue = -1;
    private @Nullable PageCodec codec;
    private @Nullable PageBodyReader bodies;

    DictionaryReader(SourceFile file) {
        this.file = file;
    }

    /** The page's PLAIN bytes, valid until the next call. */
    byte[] read(DictionaryPage dictionary, int chunkCodec) {
        PageBodyReader reader = bodies;
        if (reader == null || codecValue != chunkCodec) {
            close();
            codec = file.codecs().ofChunk(chunkCodec);
            codecValue = chunkCodec;
            reader = file.bodies(codec);
            bodies = reader;
        }
        return reader.read(dictionary.position(), dictionary.headerLength(), dictionary.header());
    }

    @Override
    public void close() {
        if (codec != null) {
            codec.close();
            codec = null;
        }
    }
}
