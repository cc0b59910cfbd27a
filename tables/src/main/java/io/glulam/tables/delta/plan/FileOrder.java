package io.glulam.tables.delta.plan;

import io.glulam.tables.delta.files.DataFile;
import io.glulam.tables.delta.files.KeyColumns;
import io.glulam.tables.delta.files.KeyColumns.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The order in which files are merged: that of their bounds, by the first key column of which no two files share a range, so that
 * row groups stay prunable by it. Where there is none, files of a clustered table go by the least values of its first column, and
 * those of other tables stay in the order in which they were written. Not thread-safe.
 */
public final class FileOrder {
    private static final int WRITTEN = -1;
    private static final Comparator<DataFile> AS_WRITTEN =
            Comparator.comparingLong(DataFile::modified).thenComparing(DataFile::path);

    private final KeyColumns keys;
    private final Map<String, Tally> tallies = new TreeMap<>();

    /** New files whose sources were put in order by a column. */
    private static final class Tally {
        private int proven;
        private int unproven;
    }

    public FileOrder(KeyColumns keys) {
        this.keys = keys;
    }

    /**
     * Files in order.
     *
     * @param column the key column by which they are; negative for the order in which they were written
     */
    record Ordered(List<DataFile> files, int column) {}

    /** Puts files in order. */
    Ordered of(List<DataFile> files) {
        for (int column = 0; column < keys.size() && files.size() > 1; column++) {
            List<DataFile> sorted = by(column, files);
            if (follow(column, sorted)) {
                return new Ordered(sorted, column);
            }
        }
        boolean known = files.stream().anyMatch(file -> keys.size() > 0 && range(file, 0) != null);
        return keys.clustered() && known ? new Ordered(by(0, files), 0) : new Ordered(written(files), WRITTEN);
    }

    /** Returns all orders in which the files may have been merged, the likeliest first. */
    public Set<List<DataFile>> all(List<DataFile> files) {
        Set<List<DataFile>> orders = new LinkedHashSet<>();
        orders.add(of(files).files());
        orders.add(written(files));
        for (int column = 0; column < keys.size(); column++) {
            List<DataFile> sorted = by(column, files);
            if (follow(column, sorted) || keys.clustered() && column == 0) {
                orders.add(sorted);
            }
        }
        return orders;
    }

    private static List<DataFile> written(List<DataFile> files) {
        List<DataFile> ordered = new ArrayList<>(files);
        ordered.sort(AS_WRITTEN);
        return ordered;
    }

    /** Files whose bounds are not known come last. */
    private List<DataFile> by(int column, List<DataFile> files) {
        List<DataFile> sorted = new ArrayList<>(files);
        sorted.sort(((Comparator<DataFile>) (left, right) -> {
                    Range one = range(left, column);
                    Range other = range(right, column);
                    if (one == null || other == null) {
                        return (one == null ? 1 : 0) - (other == null ? 1 : 0);
                    }
                    int first = one.min().compareTo(other.min());
                    return first != 0 ? first : one.max().compareTo(other.max());
                })
                .thenComparing(AS_WRITTEN));
        return sorted;
    }

    private static @Nullable Range range(DataFile file, int column) {
        return column < file.ranges().size() ? file.ranges().get(column) : null;
    }

    /** Bounds of texts may be cut and those of times rounded: smaller than the next one is what proves something. */
    private static boolean follow(int column, List<DataFile> files) {
        Range before = null;
        for (DataFile file : files) {
            Range range = range(file, column);
            if (range == null || before != null && before.max().compareTo(range.min()) >= 0) {
                return false;
            }
            before = range;
        }
        return true;
    }

    /** Hears of a new file whose sources are some of those that {@link #of} has put in order. */
    void merged(List<DataFile> sources, int column) {
        if (column != WRITTEN && sources.size() > 1) {
            Tally tally = tallies.computeIfAbsent(keys.name(column), absent -> new Tally());
            if (follow(column, sources)) {
                tally.proven++;
            } else {
                tally.unproven++;
            }
        }
    }

    /** Returns sentences on the new files that it heard of. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        tallies.forEach((name, tally) -> {
            if (tally.proven > 0) {
                notes.add("column " + name + " ascends from source to source in " + count(tally.proven)
                        + ": the sources' bounds prove it");
            }
            if (tally.unproven > 0) {
                notes.add("sources are merged in the order of the least values of the clustering column " + name
                        + " in " + count(tally.unproven) + ": the sources' bounds overlap, so that nothing is proven");
            }
        });
        return notes;
    }

    private static String count(int files) {
        return files == 1 ? "1 new file" : files + " new files";
    }
}
