package io.glulam.recode;

import io.glulam.decode.TripletReader;
import io.glulam.error.CorruptFile;
import io.glulam.format.Leaf;
import io.glulam.page.PageStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the chunks of one column and encodes them into one chunk, a page at a time: the fallback when bytes cannot be
 * moved. Values keep their bits. Memory: a page and a dictionary of the source, a page and a dictionary of the result.
 * Deterministic. Not thread-safe.
 *
 * <p>Use: {@link #add} each source chunk in order, then {@link #finish}; {@link #close} in any case.
 */
public final class ColumnRecoder implements AutoCloseable {
    private final Leaf leaf;
    private final PageAssembler assembler;

    public ColumnRecoder(Leaf leaf, RecodeSettings settings, PageSink sink) {
        this.leaf = leaf;
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
        try (TripletReader triplets = new TripletReader(leaf, chunk, createdBy)) {
            boolean bytes = io.glulam.decode.ColumnBatch.holdsBytes(leaf.type());
            while (triplets.next()) {
                assembler.startTriplet(triplets.repetitionLevel(), triplets.definitionLevel());
                if (triplets.isNull()) {
                    continue;
                }
                if (bytes) {
                    assembler.write(triplets.bytes());
                } else {
                    assembler.write(triplets.bits());
                }
            }
            long rows = assembler.rowCount() - before;
            if (rows != rowCount) {
                throw new CorruptFile(
                        triplets.place(), "a column chunk of " + rows + " rows in a row group of " + rowCount);
            }
        }
    }

    /** Hands over the last page and the dictionary. */
    public RecodedChunk finish() {
        return assembler.finish();
    }

    @Override
    public void close() {
        assembler.close();
    }
}
