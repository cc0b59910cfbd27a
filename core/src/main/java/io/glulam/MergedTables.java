package io.glulam;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.storage.StoredObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses inputs that belong to a table: a table's folder also holds files with rows that were deleted or replaced, and
 * only its metadata tells which. Looks at each folder once. Not thread-safe.
 */
final class MergedTables {
    private final Set<String> folders = new HashSet<>();

    /** @throws Unsupported if {@code input} belongs to a table */
    void requireNone(StoredObject input) {
        String name = input.name();
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        boolean ducklake = name.startsWith("ducklake-", folder.length());
        if (!folders.add(folder) && !ducklake) {
            return;
        }
        Optional<TableFormats.Membership> found = TableFormats.find(input);
        if (found.isPresent()) {
            throw new Unsupported(
                    Place.of(name),
                    "it belongs to " + found.get().format().withArticle() + " table ("
                            + found.get().evidence() + "), whose metadata alone tells which of its files count",
                    "use the table's own compaction");
        }
    }
}
