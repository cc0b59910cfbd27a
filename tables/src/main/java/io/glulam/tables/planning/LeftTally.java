package io.glulam.tables.planning;

import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts the files that are left, by reason. Not thread-safe. */
public final class LeftTally {
    /** The remedies of a format for files that are left. */
    @FunctionalInterface
    public interface Remedies {
        /**
         * Returns the statement or option that would handle the files; empty for none.
         *
         * @param files number of the files that are left for the reason
         */
        String remedy(LeftReason reason, int files);
    }

    private static final class Count {
        private int files;
        private long bytes;
        private final List<String> examples = new ArrayList<>();
    }

    private final Map<LeftReason, Count> counts = new EnumMap<>(LeftReason.class);
    private final Remedies remedies;

    public LeftTally(Remedies remedies) {
        this.remedies = remedies;
    }

    /**
     * Counts a file.
     *
     * @param example the file's path, with details where there are any
     */
    public void add(LeftReason reason, long bytes, String example) {
        Count count = counts.computeIfAbsent(reason, absent -> new Count());
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
        counts.forEach((reason, count) -> all.add(
                new LeftFiles(reason, count.files, count.bytes, count.examples, remedies.remedy(reason, count.files))));
        return all;
    }
}
