package io.glulam.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A range of an object's bytes.
 *
 * @param start its first byte
 * @param end after its last byte
 */
public record ByteRange(long start, long end) {
    public ByteRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no range: " + start + " to " + end);
        }
    }

    /** Returns its length in bytes. */
    public long length() {
        return end - start;
    }

    /** Returns the length of all ranges together, in bytes. */
    public static long total(List<ByteRange> ranges) {
        return ranges.stream().mapToLong(ByteRange::length).sum();
    }

    /** Returns the ranges in order, those joined that overlap or have at most {@code gap} bytes between them. */
    public static List<ByteRange> joined(List<ByteRange> ranges, long gap) {
        List<ByteRange> sorted = new ArrayList<>(ranges);
        sorted.removeIf(range -> range.length() == 0);
        sorted.sort(Comparator.comparingLong(ByteRange::start));
        List<ByteRange> joined = new ArrayList<>();
        for (ByteRange range : sorted) {
            ByteRange last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && range.start() - last.end() <= gap) {
                joined.set(joined.size() - 1, new ByteRange(last.start(), Math.max(last.end(), range.end())));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }
}
