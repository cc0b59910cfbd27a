package io.glulam.compare;

import io.glulam.decode.TripletReader;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.format.Leaf;
import org.jspecify.annotations.Nullable;

/** One column of a file from the first row to the last, across row groups. Not thread-safe. */
final class ColumnTriplets implements AutoCloseable {
    private final ComparedFile file;
    private final Leaf leaf;
    private int nextRowGroup;
    private @Nullable TripletReader current;

    ColumnTriplets(ComparedFile file, Leaf leaf) {
        this.file = file;
        this.leaf = leaf;
    }

    /** The reader, at the next triplet; null at the end. */
    @Nullable
    TripletReader next() {
        try {
            while (current == null || !current.next()) {
                close();
                if (nextRowGroup == file.footer().rowGroupCount()) {
                    return null;
                }
                current = new TripletReader(
                        leaf,
                        file.pages(nextRowGroup, leaf.index()),
                        file.footer().createdBy());
                nextRowGroup++;
            }
            return current;
        } catch (GlulamException failure) {
            throw failure.within(new Place(file.name(), nextRowGroup - 1, leaf.name(), -1));
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
