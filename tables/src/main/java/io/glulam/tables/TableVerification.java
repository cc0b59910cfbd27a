package io.glulam.tables;

import java.util.List;

/**
 * How two snapshots of a table compare.
 *
 * @param before the older snapshot or version
 * @param after the newer snapshot or version
 * @param equal whether both hold the same rows
 * @param rowsBefore rows of the files that only the older one has
 * @param rowsAfter rows of the files that only the newer one has
 * @param differences sentences for people, at most a few
 */
public record TableVerification(
        long before, long after, boolean equal, long rowsBefore, long rowsAfter, List<String> differences) {
    public TableVerification {
        differences = List.copyOf(differences);
    }
}
