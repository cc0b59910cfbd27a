package io.glulam.format;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import java.util.ArrayList;
import java.util.List;

/** A file's schema: the tree of its elements and the leaf columns. Immutable. */
public final class Schema {
    private final SchemaNode root;
    private final List<Leaf> leaves;
    private final List<SchemaNode> leafNodes;
    private final boolean columnOrdersDeclared;

    Schema(SchemaNode root, List<Leaf> leaves, List<SchemaNode> leafNodes, boolean columnOrdersDeclared) {
        this.root = root;
        this.leaves = List.copyOf(leaves);
        this.leafNodes = List.copyOf(leafNodes);
        this.columnOrdersDeclared = columnOrdersDeclared;
    }

    /**
     * Reads {@code FileMetaData.schema} at the reader's position, which is that of the list's header. Orders are those
     * of the types until {@link #withColumnOrders} brings the declared ones.
     *
     * @throws CorruptFile if the elements do not make a tree
     * @throws io.glulam.error.Unsupported for physical types and repetitions that this version does not know, and
     *     schemas past the limits of {@link SchemaParser}
     */
    public static Schema read(ThriftReader in) {
        return new SchemaParser().parse(in);
    }

    /**
     * Returns this schema with the orders that {@code FileMetaData.column_orders} declares; the reader is at the list's
     * header.
     *
     * @throws CorruptFile if there is not one order per leaf
     */
    public Schema withColumnOrders(ThriftReader in) {
        int count = in.readListHeader(ThriftReader.STRUCT);
        if (count != leaves.size()) {
            throw new CorruptFile(
                    Place.UNKNOWN,
                    "FileMetaData.column_orders has " + count + " entries for " + leaves.size() + " leaf columns");
        }
        List<Leaf> ordered = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            SortOrder order = SortOrders.declared(in.readUnionId(), leafNodes.get(i));
            ordered.add(leaves.get(i).withOrder(order));
        }
        return new Schema(root, ordered, leafNodes, true);
    }

    /** Returns the tree; its root's name means nothing. At most {@value SchemaParser#MAX_DEPTH} levels deep. */
    public SchemaNode root() {
        return root;
    }

    /** Returns the columns that hold values, in the order of every row group's chunks. */
    public List<Leaf> leaves() {
        return leaves;
    }

    /** Returns the tree's node of that leaf. */
    public SchemaNode node(Leaf leaf) {
        return leafNodes.get(leaf.index());
    }

    /**
     * Returns whether the file has {@code column_orders}. Without, readers do not trust {@code min_value} and
     * {@code max_value}, and {@link Leaf#order} is what the types alone say.
     */
    public boolean columnOrdersDeclared() {
        return columnOrdersDeclared;
    }
}
