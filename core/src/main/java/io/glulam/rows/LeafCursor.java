package io.glulam.rows;

import io.glulam.decode.ColumnTriplets;
import io.glulam.decode.TripletReader;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.source.SourceChunk;
import io.glulam.source.SourceFile;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The triplets of one leaf column from a row group on, of which the next one can be looked at before it is taken. Not
 * thread-safe.
 */
public final class LeafCursor implements AutoCloseable {
    /** Bytes of a chunk up to which a store is asked for it once, rather than for each page. */
    private static final int FETCHED_WHOLE = 4 << 20;

    private final SourceFile file;
    private final Leaf leaf;
    private ColumnTriplets triplets;
    private @Nullable TripletReader current;

    /** Begins at the file's first row. */
    public LeafCursor(SourceFile file, Leaf leaf) {
        this(file, leaf, 0);
    }

    /** Begins at the first row of a row group; at the end if there are no more. */
    LeafCursor(SourceFile file, Leaf leaf, int firstRowGroup) {
        this.file = file;
        this.leaf = leaf;
        this.triplets = tripletsFrom(firstRowGroup);
        this.current = triplets.next();
    }

    /** Moves to the first row of a row group; row groups between are not read. */
    void startAt(int rowGroup) {
        triplets.close();
        triplets = tripletsFrom(rowGroup);
        current = triplets.next();
    }

    private ColumnTriplets tripletsFrom(int firstRowGroup) {
        return new ColumnTriplets(
                leaf,
                IntStream.range(firstRowGroup, file.footer().rowGroupCount())
                        .filter(group -> file.footer().rows(group) > 0)
                        .mapToObj(group -> new ColumnTriplets.Chunk(
                                new Place(null, group, leaf.name(), -1),
                                file.footer().rows(group),
                                file.footer().createdBy(),
                                () -> open(file, group, file.footer().chunk(group, leaf.index()))))
                        .iterator());
    }

    private static SourceChunk open(SourceFile file, int rowGroup, ColumnChunk chunk) {
        if (chunk.compressedSize() <= FETCHED_WHOLE) {
            file.bytes().reader().willRead(chunk.start(), file.end(rowGroup, chunk) - chunk.start());
        }
        return new SourceChunk(file, chunk);
    }

    public Leaf leaf() {
        return leaf;
    }

    /** Returns the repetition level of the next triplet; -1 at the end. */
    public int repetition() {
        return current == null ? -1 : current.repetitionLevel();
    }

    /** Returns the definition level of the next triplet. */
    public int definition() {
        return reader().definitionLevel();
    }

    /** Returns the next triplet, which is not taken by this. */
    public TripletReader reader() {
        TripletReader reader = current;
        if (reader == null) {
            throw new CorruptFile(new Place(null, -1, leaf.name(), -1), "the column ends before the others");
        }
        return reader;
    }

    /** Takes the next triplet. */
    public void take() {
        current = triplets.next();
    }

    /** Takes the triplets of some rows. */
    void skipRows(long rows) {
        for (long row = 0; row < rows; row++) {
            reader();
            do {
                take();
            } while (repetition() > 0);
        }
    }

    @Override
    public void close() {
        triplets.close();
    }
}
