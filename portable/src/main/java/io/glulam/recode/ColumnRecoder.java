package io.glulam.recode;

import io.glulam.decode.BatchDigest;
import io.glulam.decode.BatchReader;
import io.glulam.decode.ColumnBatch;
import io.glulam.error.CorruptFile;
import io.glulam.format.Leaf;
import io.glulam.page.PageStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the chunks of one column and encodes them into one chunk, a batch and a page at a time: the fallback when
 * bytes cannot be moved, and what makes a column smaller. Values keep their bits. Memory: a page, a batch and a
 * dictionary of the source, a page and a dictionary of the result. Deterministic. Not thread-safe.
 *
 * <p>Use: {@link #add} each source chunk in order, then {@link #finish}.
 */
public final class ColumnRecoder {
    private final Leaf leaf;
    private final ColumnBatch batch;
    private final BatchDigest digest;
    private final PageAssembler assembler;

    /** @throws IllegalArgumentException if the column's type does not have the encoding of {@code settings} */
    public ColumnRecoder(Leaf leaf, RecodeSettings settings, PageSink sink) {
        this.leaf = leaf;
        this.batch = new ColumnBatch(leaf);
        this.digest = new BatchDigest(leaf);
        this.assembler = new PageAssembler(leaf, settings, sink);
    }

    /**
     * Adds a source chunk, whose pages are closed at the end.
     *
     * @param createdBy the writer of the chunk's file; null if unknown
     * @param rowCount what the source says; checked
     * @throws CorruptFile if the pages cannot be decoded, or hold another number of rows
     * @throws io.glulam.error.Unsupported if they are in an encoding that this version does not know
     */
    public void add(PageStream chunk, @Nullable String createdBy, long rowCount) {
        long before = assembler.rowCount();
        try (BatchReader reader = new BatchReader(leaf, chunk, createdBy)) {
            while (reader.next(batch)) {
                // Before anything else sees the batch: what is written is held against this.
                digest.add(batch);
                assembler.add(batch);
            }
            long rows = assembler.rowCount() - before;
            if (rows != rowCount) {
                throw new CorruptFile(
                        reader.place(), "a column chunk of " + rows + " rows in a row group of " + rowCount);
            }
        }
    }

    /** Hands over the last page and the dictionary. */
    public RecodedChunk finish() {
        return assembler.finish();
    }

    /** Of all that was added: the pages handed over must have the same. */
    public BatchDigest digest() {
        return digest;
    }
}
