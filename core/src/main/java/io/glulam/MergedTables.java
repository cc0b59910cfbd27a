package io.glulam;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.Traffic;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Refuses inputs that belong to a table: a table's folder also holds files with rows that were deleted or replaced, and
 * only its metadata tells which. Looks at each folder once; above the folder of a listing, which has seen what lies below,
 * and at that folder itself, unless all of it was listed. For one search.
 */
final class MergedTables {
    private final Set<String> folders = new HashSet<>();
    private Traffic traffic = Traffic.NONE;

    private MergedTables() {}

    /**
     * Checks all inputs.
     *
     * @return the requests that the searches took
     * @throws Unsupported if an input belongs to a table
     */
    static Traffic requireNone(FoundInputs found) {
        return new MergedTables().search(found);
    }

    /** Begins {@link #requireNone}, which goes on beside the caller. */
    static Future<Traffic> beginSearch(FoundInputs found) {
        FutureTask<Traffic> search = new FutureTask<>(() -> requireNone(found));
        DaemonThreads.of(search, "glulam-tables").start();
        return search;
    }

    private Traffic search(FoundInputs found) {
        for (ObjectRef folder : found.listings().folders()) {
            ObjectRef inside = folder.sibling(folder.key() + "any.parquet");
            boolean listed = found.listings().whole().contains(folder);
            refuse(listed ? TableFormats.searchAbove(inside) : TableFormats.search(inside), folder.name());
        }
        for (Candidate input : found.candidates()) {
            if (input.isListed()) {
                requireNotListed(input.object(), found);
            } else {
                requireNone(input.object());
            }
        }
        return traffic;
    }

    private static void requireNotListed(ObjectRef input, FoundInputs found) {
        for (ObjectRef table : found.listings().tables()) {
            if (input.store().equals(table.store()) && input.key().startsWith(table.key())) {
                throw refused(input.name(), "a table in " + table.name());
            }
        }
        if (TableFormats.isNamedByDuckLake(input.key())) {
            throw refused(input.name(), TableFormats.Format.DUCKLAKE.withArticle() + " table");
        }
    }

    private void requireNone(ObjectRef input) {
        String name = input.name();
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        boolean ducklake = name.startsWith("ducklake-", folder.length());
        if (folders.add(folder) || ducklake) {
            refuse(TableFormats.search(input), name);
        }
    }

    private void refuse(TableFormats.Found found, String name) {
        traffic = traffic.plus(found.traffic());
        TableFormats.@Nullable Membership membership = found.membership();
        if (membership != null) {
            throw refused(name, membership.format().withArticle() + " table (" + membership.evidence() + ")");
        }
    }

    private static Unsupported refused(String name, String table) {
        return new Unsupported(
                Place.of(name),
                "it belongs to " + table + ", whose metadata alone tells which of its files count",
                "use the table's own compaction");
    }
}
