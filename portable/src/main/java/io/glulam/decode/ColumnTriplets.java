package io.glulam.decode;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.format.Leaf;
import io.glulam.page.PageStream;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One column over several row groups, from the first row to the last. Every column chunk has to begin at a row and to
 * hold as many rows as its row group: otherwise the same stream of values would mean other rows to a reader that takes
 * one row group after the other. Keeps a page of one chunk in memory. Not thread-safe.
 */
public final class ColumnTriplets implements AutoCloseable {
    private final Leaf leaf;
    private final Iterator<Chunk> chunks;
    private @Nullable Chunk chunk;
    private @Nullable TripletReader current;
    private long rows;

    /**
     * One column chunk.
     *
     * @param place of the row group, for messages
     * @param rows of the row group, as the footer states
     * @param createdBy its writer; null if absent
     * @param open opens its pages
     */
    public record Chunk(Place place, long rows, @Nullable String createdBy, Supplier<PageStream> open) {}

    /** @param chunks in order */
    public ColumnTriplets(Leaf leaf, Iterator<Chunk> chunks) {
        this.leaf = leaf;
        this.chunks = chunks;
    }

    /**
     * The reader, at the next triplet; null at the end.
     *
     * @throws CorruptFile if a chunk cannot be decoded, begins within a row, or holds other than its row group's rows
     */
    public @Nullable TripletReader next() {
        try {
            while (current == null || !current.next()) {
                endChunk();
                if (!chunks.hasNext()) {
                    return null;
                }
                Chunk next = chunks.next();
                chunk = next;
                current = new TripletReader(leaf, next.open().get(), next.createdBy());
            }
            rows += current.repetitionLevel() == 0 ? 1 : 0;
            return current;
        } catch (GlulamException failure) {
            throw chunk == null ? failure : failure.within(chunk.place());
        }
    }

    private void endChunk() {
        if (chunk == null) {
            return;
        }
        close();
        if (rows != chunk.rows()) {
            throw new CorruptFile(
                    new Place(null, -1, leaf.name(), -1),
                    "a column chunk of " + rows + " rows in a row group of " + chunk.rows());
        }
        chunk = null;
        rows = 0;
    }

    /**
     * Passes over triplets that are the same in both, as {@link TripletReader#skipSame} does.
     *
     * @return how many of them begin a row
     */
    public int skipSame(ColumnTriplets other) {
        if (current == null || other.current == null) {
            return 0;
        }
        int skipped = current.skipSame(other.current);
        rows += skipped;
        other.rows += skipped;
        return skipped;
    }

    /** Whether both hold the same triplets from where they are, bit for bit; reads both up to a difference. */
    public boolean sameRest(ColumnTriplets other) {
        TripletReader mine = next();
        TripletReader theirs = other.next();
        while (mine != null && theirs != null && mine.sameTriplet(theirs)) {
            skipSame(other);
            mine = next();
            theirs = other.next();
        }
        return mine == null && theirs == null;
    }

    /**
     * Decodes all triplets that are left.
     *
     * @throws CorruptFile as {@link #next()} does
     */
    public void readRest() {
        TripletReader reader = next();
        while (reader != null) {
            reader = next();
        }
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
