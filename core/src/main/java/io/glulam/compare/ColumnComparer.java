package io.glulam.compare;

import io.glulam.decode.ColumnTriplets;
import io.glulam.decode.ColumnTriplets.Chunk;
import io.glulam.decode.TripletReader;
import io.glulam.error.Place;
import io.glulam.format.Leaf;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares one column of two files triplet by triplet. Keeps a page of each side in memory. Stateless. */
public final class ColumnComparer {
    private ColumnComparer() {}

    /**
     * The first difference, if there is one.
     *
     * @param leaf the column, the same in both files
     * @throws io.glulam.error.CorruptFile if a page cannot be decoded, or a column chunk begins within a row or holds
     *     other than its row group's rows
     * @throws io.glulam.error.Unsupported if a page is in an encoding that this version does not know
     */
    public static Optional<Difference> firstDifference(ComparedFile left, ComparedFile right, Leaf leaf) {
        return firstDifference(left, right, leaf, () -> false);
    }

    /** As above, but gives up, as if there were no difference, when {@code pointless} says so. */
    static Optional<Difference> firstDifference(
            ComparedFile left, ComparedFile right, Leaf leaf, BooleanSupplier pointless) {
        try (ColumnTriplets lefts = triplets(left, leaf);
                ColumnTriplets rights = triplets(right, leaf)) {
            long row = -1;
            while (true) {
                TripletReader a = lefts.next();
                TripletReader b = rights.next();
                if (a == null && b == null) {
                    return Optional.empty();
                }
                if (a == null || b == null) {
                    return Optional.of(new Difference(leaf.name(), row + 1, describe(leaf, a), describe(leaf, b)));
                }
                row += a.repetitionLevel() == 0 ? 1 : 0;
                if (!a.sameTriplet(b)) {
                    return Optional.of(new Difference(leaf.name(), row, describe(leaf, a), describe(leaf, b)));
                }
                row += lefts.skipSame(rights);
                if (pointless.getAsBoolean()) {
                    return Optional.empty();
                }
            }
        }
    }

    private static ColumnTriplets triplets(ComparedFile file, Leaf leaf) {
        Iterator<Chunk> chunks = IntStream.range(0, file.footer().rowGroupCount())
                .mapToObj(rowGroup -> new Chunk(
                        new Place(file.name(), rowGroup, leaf.name(), -1),
                        file.footer().rows(rowGroup),
                        file.footer().createdBy(),
                        () -> file.pages(rowGroup, leaf.index())))
                .iterator();
        return new ColumnTriplets(leaf, chunks);
    }

    private static String describe(Leaf leaf, @Nullable TripletReader triplet) {
        return triplet == null ? "no more values" : TripletDescription.of(leaf, triplet);
    }
}
