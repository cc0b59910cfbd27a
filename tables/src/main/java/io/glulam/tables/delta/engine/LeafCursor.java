package io.glulam.tables.delta.engine;

import io.glulam.decode.ColumnTriplets;
import io.glulam.decode.TripletReader;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.Leaf;
import io.glulam.source.SourceChunk;
import io.glulam.source.SourceFile;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The triplets of one leaf column over all row groups, of which the next one can be looked at before it is taken. */
final class LeafCursor implements AutoCloseable {
    private final Leaf leaf;
    private final ColumnTriplets triplets;
    private @Nullable TripletReader current;

    LeafCursor(SourceFile file, Leaf leaf) {
        this.leaf = leaf;
        this.triplets = new ColumnTriplets(
                leaf,
                IntStream.range(0, file.footer().rowGroupCount())
                        .filter(group -> file.footer().rows(group) > 0)
                        .mapToObj(group -> new ColumnTriplets.Chunk(
                                new Place(null, group, leaf.name(), -1),
                                file.footer().rows(group),
                                () -> new SourceChunk(file, file.footer().chunk(group, leaf.index()))))
                        .iterator(),
                file.footer().createdBy());
        this.current = triplets.next();
    }

    Leaf leaf() {
        return leaf;
    }

    /** The repetition level of the next triplet; -1 at the end. */
    int repetition() {
        return current == null ? -1 : current.repetitionLevel();
    }

    /** The definition level of the next triplet. */
    int definition() {
        return reader().definitionLevel();
    }

    /** The next triplet, which is not taken by this. */
    TripletReader reader() {
        TripletReader reader = current;
        if (reader == null) {
            throw new CorruptFile(new Place(null, -1, leaf.name(), -1), "the column ends before the others");
        }
        return reader;
    }

    /** Takes the next triplet. */
    void take() {
        current = triplets.next();
    }

    @Override
    public void close() {
        triplets.close();
    }
}
