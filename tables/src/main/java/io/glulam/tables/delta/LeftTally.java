package io.glulam.tables.delta;

import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts the files that are left, by reason. */
final class LeftTally {
    private static final class Count {
        private int files;
        private long bytes;
        private final List<String> examples = new ArrayList<>();
    }

    private final Map<LeftReason, Count> counts = new EnumMap<>(LeftReason.class);

    /** Counts a file. */
    void add(LeftReason reason, String path, long bytes) {
        add(reason, path, bytes, "");
    }

    /** @param detail what is special about the file; empty for nothing */
    void add(LeftReason reason, String path, long bytes, String detail) {
        Count count = counts.computeIfAbsent(reason, absent -> new Count());
        count.files++;
        count.bytes += bytes;
        if (count.examples.size() < LeftFiles.MAX_EXAMPLES) {
            count.examples.add(detail.isEmpty() ? path : path + ": " + detail);
        }
    }

    /** Whether a file was left that would have been merged otherwise. */
    boolean hasObstacle() {
        return counts.keySet().stream()
                .anyMatch(reason -> reason == LeftReason.DELETION_VECTOR
                        || reason == LeftReason.FORM_DIFFERS
                        || reason == LeftReason.REFUSED
                        || reason == LeftReason.OUTSIDE);
    }

    /** Returns the counts. */
    List<LeftFiles> files(String table) {
        List<LeftFiles> left = new ArrayList<>();
        counts.forEach((reason, count) ->
                left.add(new LeftFiles(reason, count.files, count.bytes, count.examples, remedy(reason, table))));
        return left;
    }

    private static String remedy(LeftReason reason, String table) {
        return switch (reason) {
            case DELETION_VECTOR -> "REORG TABLE " + table + " APPLY (PURGE)";
            case FORM_DIFFERS, REFUSED -> "OPTIMIZE " + table;
            default -> "";
        };
    }
}
