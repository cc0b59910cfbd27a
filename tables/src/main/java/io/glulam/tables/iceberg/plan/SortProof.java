package io.glulam.tables.iceberg.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.SortOrder;
import org.jspecify.annotations.Nullable;

/**
 * Tells which outputs have the table's sort order. Immutable.
 *
 * @param order the table's
 * @param key its first column; null where manifests do not have its bounds
 */
record SortProof(SortOrder order, KeyRange.@Nullable Key key) {
    /** Returns the id of the order if all sources have it and their bounds prove it of the whole; 0 otherwise. */
    int orderOf(List<TableFile> files) {
        int id = order.orderId();
        boolean common = order.isSorted()
                && files.stream().allMatch(file -> {
                    Integer own = file.file().sortOrderId();
                    return own != null && own == id;
                });
        return common && (files.size() == 1 || key != null && key.follow(files)) ? id : 0;
    }

    /** Returns notes with a sentence on what was proven of outputs, if the table is sorted. */
    List<String> noted(List<String> notes, List<PlannedOutput> outputs) {
        List<String> all = new ArrayList<>(notes);
        if (order.isSorted() && !outputs.isEmpty()) {
            long proven = outputs.stream()
                    .filter(output -> output.sortOrderId() == order.orderId())
                    .count();
            all.add("the sources' bounds prove the table's sort order for " + proven + " of " + outputs.size()
                    + " new files" + (proven == outputs.size() ? "" : "; the others are marked as unsorted"));
        }
        return all;
    }
}
