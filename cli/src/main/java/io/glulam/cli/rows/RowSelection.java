package io.glulam.cli.rows;

import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Which rows of a file are wanted, by their numbers from 0 on, ascending. */
public final class RowSelection {
    private RowSelection() {}

    /** The first {@code count} rows of {@code total}. */
    public static LongStream first(long count, long total) {
        return LongStream.range(0, Math.min(count, total));
    }

    /** The last {@code count} rows of {@code total}. */
    public static LongStream last(long count, long total) {
        return LongStream.range(Math.max(0, total - count), total);
    }

    /** {@code count} different rows of {@code total}, each with the same chance. */
    public static LongStream random(int count, long total, Random random) {
        if (count >= total) {
            return LongStream.range(0, total);
        }
        // Floyd's: one number a row, whatever the total.
        TreeSet<Long> chosen = new TreeSet<>();
        for (long last = total - count; last < total; last++) {
            long row = random.longs(1, 0, last + 1).findFirst().orElseThrow();
            if (!chosen.add(row)) {
                chosen.add(last);
            }
        }
        return chosen.stream().mapToLong(Long::longValue);
    }
}
