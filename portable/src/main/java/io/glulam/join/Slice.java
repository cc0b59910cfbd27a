package io.glulam.join;

import io.glulam.footer.Footer;
import io.glulam.page.PageWalker;
import java.util.AbstractList;
import java.util.List;

/**
 * Consecutive row groups of an input that one output takes, and the region of the input that holds them.
 *
 * @param input whose
 * @param from the first row group
 * @param to one past the last row group
 * @param start where the region begins: everything between it and {@code end} has a place in the joined file
 * @param end one past the region's last byte
 * @param last whether no row group of the input comes after them
 */
public record Slice(Input input, int from, int to, long start, long end, boolean last) {
    /** All row groups of an input, and all of its bytes. */
    public static Slice whole(Input input, Footer footer) {
        return whole(input, footer.rowGroupCount());
    }

    /** As {@link #whole(Input, Footer)}, of an input with that many row groups. */
    public static Slice whole(Input input, int rowGroups) {
        return new Slice(input, 0, rowGroups, 0, input.size(), true);
    }

    /** The inputs of some slices, each made when it is asked for. */
    static List<Input> inputs(List<Slice> slices) {
        return new AbstractList<>() {
            @Override
            public Input get(int index) {
                return slices.get(index).input();
            }

            @Override
            public int size() {
                return slices.size();
            }
        };
    }

    /** Some row groups of an input: its region is no longer than their column chunks reach. */
    public static Slice of(Input input, Footer footer, int from, int to) {
        if (from == 0 && to == footer.rowGroupCount()) {
            return whole(input, footer);
        }
        long start = footer.offsetInFile();
        long end = 0;
        for (int i = from; i < to; i++) {
            if (footer.end(i) > 0) {
                start = Math.min(start, footer.start(i));
                end = Math.max(end, footer.end(i));
            }
        }
        end = Math.min(end + PageWalker.MAX_UNCOUNTED_HEADER, footer.offsetInFile());
        return new Slice(input, from, to, Math.min(start, end), end, to == footer.rowGroupCount());
    }

    /** Whether {@code next} takes the row groups of the same input that follow. */
    public boolean isFollowedBy(Slice next) {
        return next.input().equals(input) && next.from() == to;
    }

    /** The row groups of both, one region around them. */
    public Slice with(Slice next) {
        return new Slice(input, from, next.to(), Math.min(start, next.start()), Math.max(end, next.end()), next.last());
    }

    /** Bytes of the region. */
    long length() {
        return end - start;
    }

    /** Whether the region holds {@code length} bytes from {@code offset} on. */
    boolean holds(long offset, long length) {
        return offset >= start && offset <= end - length;
    }
}
