package io.glulam.arrow;

import io.glulam.decode.TripletReader;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.rows.LeafCursor;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/** Writes the triplets of a leaf into its vector, and of the structs and lists around it those that it leads. Not thread-safe. */
final class LeafFiller {
    private final LeafCursor cursor;
    private final ArrowNode.Leaf leaf;
    private final ValueSetter setter;
    private final boolean ofAnyLength;
    private final BatchSize size;
    private final Step[] path;
    private final boolean[] leads;
    /** For each repetition level, the place on the path of the list that goes on. */
    private final int[] resumed;
    /** How many values there are in this batch of each vector on the path, and of the leaf's at the end. */
    private final int[] counts;

    /** @param path from the column down to the leaf */
    LeafFiller(LeafCursor cursor, ArrowNode.Leaf leaf, FieldVector vector, List<Step> path, BatchSize size) {
        this.cursor = cursor;
        this.leaf = leaf;
        this.setter = leaf.form().setter().apply(vector);
        this.ofAnyLength = vector instanceof BaseVariableWidthVector;
        this.size = size;
        this.path = path.toArray(Step[]::new);
        this.leads = new boolean[path.size()];
        this.resumed = new int[cursor.leaf().maxRepetitionLevel() + 1];
        this.counts = new int[path.size() + 1];
        for (int i = 0; i < path.size(); i++) {
            leads[i] = path.get(i).isLedByCaller();
            if (path.get(i) instanceof Step.OfList list) {
                resumed[list.repetition()] = i;
            }
        }
    }

    /** Begins a batch. */
    void clear() {
        Arrays.fill(counts, 0);
    }

    /** Adds the next row. */
    void addRow() {
        try {
            do {
                add(cursor.reader());
                cursor.take();
            } while (cursor.repetition() > 0);
            compareWithLeaders();
        } catch (GlulamException failure) {
            throw failure.within(place());
        }
    }

    private void add(TripletReader triplet) {
        int definition = triplet.definitionLevel();
        int repetition = triplet.repetitionLevel();
        int step = 0;
        if (repetition > 0) {
            step = resumed[repetition];
            ((Step.OfList) path[step]).goOn(counts[step] - 1, leads[step]);
            step++;
        }
        for (; step < path.length; step++) {
            if (leads[step]) {
                size.add(Integer.BYTES);
            }
            if (!path[step].begin(counts[step]++, definition, leads[step])) {
                return;
            }
        }
        addValue(triplet);
    }

    private void addValue(TripletReader triplet) {
        int index = counts[path.length]++;
        size.add(leaf.form().width());
        if (!triplet.isNull()) {
            setter.set(index, triplet);
            if (ofAnyLength) {
                size.add(triplet.bytes().length());
            }
        } else if (leaf.key()) {
            throw new Unsupported(
                    Place.UNKNOWN, "a map with a key that is null, which Arrow's has not", "other formats print it");
        }
    }

    /** Leaves of the same lists that tell other lengths would put values into other rows. */
    private void compareWithLeaders() {
        for (int i = 0; i < path.length; i++) {
            if (leads[i]) {
                path[i].setInstances(counts[i]);
            } else if (path[i].instances() != counts[i]) {
                throw new CorruptFile(
                        place(), "its lists have other lengths than those of the columns in the same lists");
            }
        }
    }

    private Place place() {
        return new Place(null, -1, cursor.leaf().name(), -1);
    }
}
