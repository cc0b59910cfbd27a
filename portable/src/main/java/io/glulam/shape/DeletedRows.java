package io.glulam.shape;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.LongConsumer;

/**
 * Positions of rows of a file that are deleted, counted from 0 over all of its row groups. Held as ranges in some three
 * bytes each, however large the positions are. Immutable.
 */
public final class DeletedRows {
    /** No row is deleted. */
    public static final DeletedRows NONE = new Builder().build();

    /** Ranges between two places from which reading can begin. */
    private static final int STRIDE = 256;

    /** For each range, the rows between it and the one before, then its length less 1, both as varints. */
    private final byte[] ranges;

    /** Of each place from which reading can begin, where the range before it ends. */
    private final long[] ends;

    /** Of each such place, its index in the ranges. */
    private final int[] offsets;

    private final long count;
    private final long end;

    private DeletedRows(byte[] ranges, long[] ends, int[] offsets, long count, long end) {
        this.ranges = ranges;
        this.ends = ends;
        this.offsets = offsets;
        this.count = count;
        this.end = end;
    }

    /** Makes the set of some positions, ascending. */
    public static DeletedRows of(long... positions) {
        Builder builder = new Builder();
        Arrays.stream(positions).forEach(builder::add);
        return builder.build();
    }

    /** Makes the set of some positions. */
    public static DeletedRows of(BitSet positions) {
        Builder builder = new Builder();
        for (int from = positions.nextSetBit(0); from >= 0; ) {
            int to = positions.nextClearBit(from);
            builder.add(from, to);
            from = positions.nextSetBit(to);
        }
        return builder.build();
    }

    /** Makes the set of the positions from {@code from} up to {@code to}, which is not among them. */
    public static DeletedRows range(long from, long to) {
        return new Builder().add(from, to).build();
    }

    /** Returns the number of rows. */
    public long count() {
        return count;
    }

    /** Returns one past the last position; 0 if there is none. */
    public long end() {
        return end;
    }

    /** Returns about how many bytes of memory the set takes. */
    public long memory() {
        return ranges.length + (long) ends.length * (Long.BYTES + Integer.BYTES);
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /**
     * Returns which of {@code rows} rows from {@code first} on are deleted, counted from there.
     *
     * @param rows of a row group
     */
    public BitSet within(long first, int rows) {
        BitSet found = new BitSet();
        if (first >= end) {
            return found;
        }
        long last = first + rows;
        int place = Arrays.binarySearch(ends, first);
        place = place >= 0 ? place : Math.max(0, -place - 2);
        Cursor cursor = new Cursor(place);
        while (cursor.next() && cursor.from < last) {
            int from = (int) (Math.max(cursor.from, first) - first);
            int to = (int) (Math.min(cursor.to, last) - first);
            if (from < to) {
                found.set(from, to);
            }
        }
        return found;
    }

    /** Hands over all positions, ascending. */
    public void forEach(LongConsumer action) {
        Cursor cursor = new Cursor(0);
        while (cursor.next()) {
            for (long row = cursor.from; row < cursor.to; row++) {
                action.accept(row);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeletedRows that && Arrays.equals(ranges, that.ranges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ranges);
    }

    @Override
    public String toString() {
        return count + " deleted rows";
    }

    /** Goes from range to range. */
    private final class Cursor {
        private int at;
        private long from;
        private long to;

        Cursor(int place) {
            if (place < ends.length) {
                at = offsets[place];
                to = ends[place];
            }
        }

        boolean next() {
            if (at == ranges.length) {
                return false;
            }
            from = to + varint();
            to = from + varint() + 1;
            return true;
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = ranges[at++];
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }

    /** Takes positions in ascending order; repeated ones count once. Not thread-safe. */
    public static final class Builder {
        private final ByteArrayOutputStream ranges = new ByteArrayOutputStream();
        private long[] ends = new long[4];
        private int[] offsets = new int[4];
        private int written;
        private long before;
        private long from;
        private long to;
        private long count;

        /**
         * Adds a position.
         *
         * @throws IllegalArgumentException if it is negative, or smaller than the one before
         */
        public Builder add(long position) {
            return add(position, Math.addExact(position, 1));
        }

        /**
         * Adds the positions from {@code first} up to {@code end}, which is not among them.
         *
         * @throws IllegalArgumentException if they are negative or end before they begin, or begin before those before
         */
        public Builder add(long first, long end) {
            if (first < 0 || end < first || first < from) {
                throw new IllegalArgumentException(
                        "rows from " + first + " to " + end + " after those from " + from + " on");
            }
            if (first <= to) {
                to = Math.max(to, end);
            } else {
                write();
                from = first;
                to = end;
            }
            return this;
        }

        private void write() {
            if (from == to) {
                return;
            }
            if (written % STRIDE == 0) {
                int place = written / STRIDE;
                if (place == ends.length) {
                    ends = Arrays.copyOf(ends, place * 2);
                    offsets = Arrays.copyOf(offsets, place * 2);
                }
                ends[place] = before;
                offsets[place] = ranges.size();
            }
            varint(from - before);
            varint(to - from - 1);
            written++;
            count += to - from;
            before = to;
        }

        private void varint(long value) {
            long rest = value;
            while (rest > 0x7f) {
                ranges.write((int) rest & 0x7f | 0x80);
                rest >>>= 7;
            }
            ranges.write((int) rest);
        }

        /** Makes the set; the builder is not used afterwards. */
        public DeletedRows build() {
            write();
            int places = (written + STRIDE - 1) / STRIDE;
            return new DeletedRows(
                    ranges.toByteArray(), Arrays.copyOf(ends, places), Arrays.copyOf(offsets, places), count, before);
        }
    }
}
