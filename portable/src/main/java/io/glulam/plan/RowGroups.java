package io.glulam.plan;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Row groups of a file, by their position in its footer: strictly ascending, held as ranges, so that thousands of
 * adjacent ones cost two numbers. Immutable.
 */
public final class RowGroups {
    /** No row group. */
    public static final RowGroups NONE = new RowGroups(new int[0], 0);

    /** First and last of each range, both inclusive; ranges ascend and do not touch. */
    private final int[] bounds;

    private final int size;

    private RowGroups(int[] bounds, int size) {
        this.bounds = bounds;
        this.size = size;
    }

    /** Returns the row groups from {@code first} to {@code last}, both included. */
    public static RowGroups range(int first, int last) {
        return new Builder().addRange(first, last).build();
    }

    /** Returns the given row groups, strictly ascending. */
    public static RowGroups of(int... ascending) {
        Builder builder = new Builder();
        for (int rowGroup : ascending) {
            builder.add(rowGroup);
        }
        return builder.build();
    }

    /** Returns the number of row groups. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Returns the lowest row group; there must be one. */
    public int first() {
        return bounds[0];
    }

    /** Returns the highest row group; there must be one. */
    public int last() {
        return bounds[bounds.length - 1];
    }

    /** Returns the number of ranges of adjacent row groups. */
    public int ranges() {
        return bounds.length / 2;
    }

    /** Returns the first row group of a range. */
    public int rangeFirst(int range) {
        return bounds[2 * range];
    }

    /** Returns the last row group of a range, which belongs to it. */
    public int rangeLast(int range) {
        return bounds[2 * range + 1];
    }

    /** Visits every row group, ascending. */
    public void forEach(IntConsumer visitor) {
        for (int range = 0; range < ranges(); range++) {
            for (int rowGroup = rangeFirst(range); rowGroup <= rangeLast(range); rowGroup++) {
                visitor.accept(rowGroup);
            }
        }
    }

    /** Returns every row group, ascending. */
    public IntStream stream() {
        return IntStream.range(0, ranges())
                .flatMap(range -> IntStream.rangeClosed(rangeFirst(range), rangeLast(range)));
    }

    /** Returns every row group, ascending, in an array of the caller's own. */
    public int[] toArray() {
        int[] all = new int[size];
        int filled = 0;
        for (int range = 0; range < ranges(); range++) {
            for (int rowGroup = rangeFirst(range); rowGroup <= rangeLast(range); rowGroup++) {
                all[filled++] = rowGroup;
            }
        }
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowGroups that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** {@code [0-50, 52]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int range = 0; range < ranges(); range++) {
            text.append(range == 0 ? "" : ", ").append(rangeFirst(range));
            if (rangeLast(range) > rangeFirst(range)) {
                text.append('-').append(rangeLast(range));
            }
        }
        return text.append(']').toString();
    }

    /** Collects row groups in ascending order. Not thread-safe. */
    public static final class Builder {
        private int[] bounds = new int[2];
        private int filled;
        private long size;

        /** Adds one row group, higher than all before. */
        public Builder add(int rowGroup) {
            return addRange(rowGroup, rowGroup);
        }

        /**
         * Adds the row groups from {@code first} to {@code last}, both included.
         *
         * @throws IllegalArgumentException if they are negative, out of order, or not above all before
         */
        public Builder addRange(int first, int last) {
            if (first < 0 || last < first || last == Integer.MAX_VALUE) {
                throw new IllegalArgumentException("row groups " + first + " to " + last + " are not a range");
            }
            if (filled > 0 && first <= bounds[filled - 1]) {
                throw new IllegalArgumentException(
                        "row group " + first + " follows row group " + bounds[filled - 1] + ", which is not below it");
            }
            size += last - first + 1L;
            if (filled > 0 && first == bounds[filled - 1] + 1) {
                bounds[filled - 1] = last;
                return this;
            }
            if (filled == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * filled);
            }
            bounds[filled++] = first;
            bounds[filled++] = last;
            return this;
        }

        /** Returns the row groups that were added so far. */
        public RowGroups build() {
            return filled == 0 ? NONE : new RowGroups(Arrays.copyOf(bounds, filled), Math.toIntExact(size));
        }
    }
}
