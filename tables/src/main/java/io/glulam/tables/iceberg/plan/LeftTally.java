package io.glulam.tables.iceberg.plan;

import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts the files that are left, by reason. Not thread-safe. */
public final class LeftTally {
    private final Map<LeftReason, Count> counts = new EnumMap<>(LeftReason.class);
    private final String table;

    /** @param table name of the table in statements */
    public LeftTally(String table) {
        this.table = table;
    }

    private static final class Count {
        private int files;
        private long bytes;
        private final List<String> examples = new ArrayList<>();
    }

    /**
     * Counts a file.
     *
     * @param example the file's path, with details where there are any
     */
    public void add(LeftReason reason, long bytes, String example) {
        Count count = counts.computeIfAbsent(reason, any -> new Count());
        count.files++;
        count.bytes += bytes;
        if (count.examples.size() < LeftFiles.MAX_EXAMPLES) {
            count.examples.add(example);
        }
    }

    /** Returns the number of files with a reason. */
    public int files(LeftReason reason) {
        Count count = counts.get(reason);
        return count == null ? 0 : count.files;
    }

    /** Returns what was counted, in the order of the reasons. */
    public List<LeftFiles> files() {
        List<LeftFiles> all = new ArrayList<>();
        counts.forEach((reason, count) ->
                all.add(new LeftFiles(reason, count.files, count.bytes, count.examples, remedy(reason, count.files))));
        return all;
    }

    private String remedy(LeftReason reason, int files) {
        return switch (reason) {
            case POSITION_DELETES, DELETION_VECTOR, EQUALITY_DELETES ->
                "CALL system.rewrite_data_files(table => '" + table
                        + "', options => map('delete-file-threshold', '1'))";
            case NOT_PARQUET, REFUSED, FORM_DIFFERS -> "CALL system.rewrite_data_files(table => '" + table + "')";
            case ALONE -> files > 1 ? "a smaller min-input-files may merge them" : "";
            case LIMITED -> "run again";
            default -> "";
        };
    }
}
