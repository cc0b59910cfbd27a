package io.glulam.testkit.lint;

import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.Triplets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SortingColumn;

/** Rows must be in the order that sorting_columns claims. Repeated columns and columns without an order are skipped. */
public final class SortingLint {
    private record Key(SortingColumn claim, ValueOrder order, byte[][] values) {}

    private SortingLint() {}

    /** Adds what is wrong with the order of one row group. */
    public static void check(ParquetFile file, int rowGroup, Findings findings) {
        RowGroup group = file.metaData().getRow_groups().get(rowGroup);
        if (!group.isSetSorting_columns()) {
            return;
        }
        List<Key> keys = new ArrayList<>();
        for (SortingColumn claim : group.getSorting_columns()) {
            if (claim.getColumn_idx() < 0
                    || claim.getColumn_idx() >= file.leaves().size()) {
                findings.error("sorting_columns name column " + claim.getColumn_idx());
                return;
            }
            LeafColumn leaf = file.leaves().get(claim.getColumn_idx());
            List<ColumnOrder> orders = file.metaData().getColumn_orders();
            ValueOrder order = ValueOrder.of(
                    leaf.element(), orders == null || orders.size() <= leaf.index() ? null : orders.get(leaf.index()));
            if (!leaf.isFlat() || order == ValueOrder.NONE) {
                break;
            }
            keys.add(key(file, rowGroup, leaf, claim, order));
        }
        int rows = keys.stream().mapToInt(key -> key.values.length).min().orElse(0);
        for (int row = 1; row < rows; row++) {
            if (compare(keys, row - 1, row) > 0) {
                findings.error("sorting_columns: row " + row + " comes before the row in front of it");
                return;
            }
        }
    }

    private static Key key(ParquetFile file, int rowGroup, LeafColumn leaf, SortingColumn claim, ValueOrder order) {
        Triplets triplets = file.triplets(rowGroup, leaf.index());
        byte[][] values = new byte[triplets.count()][];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (triplets.definitionLevels()[i] == leaf.maxDefinitionLevel()) {
                values[i] = triplets.values().get(next++);
            }
        }
        return new Key(claim, order, values);
    }

    private static int compare(List<Key> keys, int left, int right) {
        for (Key key : keys) {
            byte[] a = key.values[left];
            byte[] b = key.values[right];
            int result;
            if (a == null || b == null) {
                result = a == b ? 0 : (a == null) == key.claim.isNulls_first() ? -1 : 1;
            } else if (key.order.isNaN(a) || key.order.isNaN(b)) {
                // Where NaN sorts is not specified: from here on nothing can be said of this pair.
                return 0;
            } else {
                result = key.order.compare(a, b) * (key.claim.isDescending() ? -1 : 1);
            }
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }
}
