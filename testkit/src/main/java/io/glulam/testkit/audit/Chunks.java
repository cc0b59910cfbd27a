package io.glulam.testkit.audit;

import io.glulam.testkit.read.ChunkPages;
import io.glulam.testkit.read.ParquetFile;
import org.apache.parquet.format.ColumnMetaData;

/** What the footer says of a chunk's place. */
final class Chunks {
    private Chunks() {}

    /** The first byte: of the dictionary page if there is one in front, else of the first data page. */
    static long start(ColumnMetaData chunk) {
        long data = chunk.getData_page_offset();
        long dictionary = chunk.getDictionary_page_offset();
        return dictionary > 0 && (dictionary < data || data <= 0) ? dictionary : data;
    }

    /** Whether a size that reached behind the chunk's last page became the right one. */
    static boolean isCorrected(ParquetFile source, int group, int leaf, long stated, long found) {
        if (found >= stated) {
            return false;
        }
        ChunkPages pages = source.pages(group, leaf);
        return found == pages.walkedEnd() - pages.start();
    }
}
