package io.glulam.testkit.audit;

import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.PageInfo;
import io.glulam.testkit.read.ParquetFile;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** The data pages of the sources of a merged chunk, as bytes: what tells a page that was moved from one that was made. */
final class MovedPages {
    private final Set<ByteBuffer> pages = new HashSet<>();
    private boolean dictionaryAfterPlain;

    MovedPages(ParquetFile source, Origin origin, int leaf) {
        for (int group : origin.sources()) {
            try {
                boolean plain = false;
                for (PageInfo page : source.pages(group, leaf).dataPages()) {
                    pages.add(bytes(source, page));
                    dictionaryAfterPlain |= plain && page.isDictionaryEncoded();
                    plain |= !page.isDictionaryEncoded();
                }
            } catch (MalformedFile e) {
                // Then every page counts as made, and has to be true.
                continue;
            }
        }
    }

    boolean contains(ParquetFile output, PageInfo page) {
        return pages.contains(bytes(output, page));
    }

    /** Whether a source chunk has pages of dictionary indices after others. */
    boolean dictionaryAfterPlain() {
        return dictionaryAfterPlain;
    }

    private static ByteBuffer bytes(ParquetFile file, PageInfo page) {
        return ByteBuffer.wrap(file.bytes(page.offset(), Math.toIntExact(page.end() - page.offset())));
    }
}
