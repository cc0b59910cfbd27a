package io.glulam.arrow;

import io.glulam.rows.RowCursors;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Writes rows into the vectors of a batch. Not thread-safe. */
final class RowFiller {
    private final RowCursors cursors;
    private final List<LeafFiller> leaves = new ArrayList<>();
    private final BatchSize size = new BatchSize();

    /**
     * @param cursors to which the leaves are added
     * @param vectors one for each node
     */
    RowFiller(RowCursors cursors, List<ArrowNode> nodes, List<FieldVector> vectors) {
        this.cursors = cursors;
        for (int i = 0; i < nodes.size(); i++) {
            add(nodes.get(i), vectors.get(i), List.of());
        }
    }

    private void add(ArrowNode node, FieldVector vector, List<Step> path) {
        if (node instanceof ArrowNode.Leaf leaf) {
            leaves.add(new LeafFiller(cursors.add(leaf.node()), leaf, vector, path, size));
        } else if (node instanceof ArrowNode.Struct struct) {
            StructVector fields = (StructVector) vector;
            List<Step> inside = with(path, new Step.OfStruct(fields, struct.definition()));
            for (int i = 0; i < struct.fields().size(); i++) {
                add(struct.fields().get(i), (FieldVector) fields.getChildByOrdinal(i), inside);
            }
        } else if (node instanceof ArrowNode.Repeated repeated) {
            ListVector list = (ListVector) vector;
            add(repeated.element(), list.getDataVector(), with(path, new Step.OfList(list, repeated)));
        }
    }

    private static List<Step> with(List<Step> path, Step step) {
        List<Step> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    /** Begins a batch of vectors that are empty. */
    void clear() {
        size.clear();
        leaves.forEach(LeafFiller::clear);
    }

    /** Adds the next row of every column. */
    void addRow() {
        for (LeafFiller leaf : leaves) {
            leaf.addRow();
        }
    }

    /** Returns the bytes that the values of the batch take. */
    long bytes() {
        return size.bytes();
    }
}
