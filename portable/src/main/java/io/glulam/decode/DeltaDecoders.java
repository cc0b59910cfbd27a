package io.glulam.decode;

import io.glulam.page.ByteStrings;
import java.util.Arrays;

/** Values in the encodings DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY. */
final class DeltaDecoders {
    private DeltaDecoders() {}

    /** DELTA_BINARY_PACKED. */
    static final class Numbers extends ValueDecoder {
        private final DeltaNumbers numbers;

        Numbers(byte[] page, int from, int to, boolean narrow) {
            this.numbers = new DeltaNumbers(page, from, to, narrow);
        }

        @Override
        void read(ColumnBatch batch, int count) {
            numbers.read(batch.numbersToFill(), 0, count);
        }
    }

    /** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
    static final class ByteArrays extends ValueDecoder {
        private final byte[] page;
        private final int to;
        private final DeltaNumbers numbers;
        private final long[] read = new long[ColumnBatch.CAPACITY];
        private int position;

        ByteArrays(byte[] page, int from, int to) {
            this.page = page;
            this.to = to;
            this.numbers = new DeltaNumbers(page, from, to, true);
            this.position = DeltaNumbers.endOf(page, from, to);
        }

        @Override
        void read(ColumnBatch batch, int count) {
            read(batch.startsToFill(page), batch.lengthsToFill(), 0, count);
        }

        private void read(int[] starts, int[] lengths, int from, int count) {
            numbers.read(read, 0, count);
            int at = position;
            for (int i = 0; i < count; i++) {
                int length = (int) read[i];
                if (length < 0 || length > to - at) {
                    throw corrupt("a value of " + Integer.toUnsignedString(length) + " bytes where " + (to - at)
                            + " are left in its page");
                }
                starts[from + i] = at;
                lengths[from + i] = length;
                at += length;
            }
            position = at;
        }
    }

    /** DELTA_BYTE_ARRAY: each value is a prefix of the one before, and a suffix. */
    static final class Prefixed extends ValueDecoder {
        /** Values repeat bytes of those before, so that a small page can hold large ones: few of them at a time. */
        private static final int MAX_BYTES = 1 << 20;

        private final byte[] page;
        private final DeltaNumbers prefixNumbers;
        private final ByteArrays suffixes;
        private final long[] prefixes = new long[ColumnBatch.CAPACITY];
        private final int[] starts = new int[ColumnBatch.CAPACITY];
        private final int[] lengths = new int[ColumnBatch.CAPACITY];
        private int from;
        private int to;
        private byte[] last = {};

        Prefixed(byte[] page, int from, int to) {
            this.page = page;
            this.prefixNumbers = new DeltaNumbers(page, from, to, true);
            this.suffixes = new ByteArrays(page, DeltaNumbers.endOf(page, from, to), to);
        }

        /** Starts from the last value of another page, as parquet-mr before 1.8 wrote (PARQUET-246). */
        void continueFrom(Prefixed previous) {
            last = previous.last;
        }

        @Override
        int available(int wanted) {
            if (from == to) {
                from = 0;
                to = 0;
            }
            if (to - from < wanted) {
                int missing = Math.min(wanted - (to - from), ColumnBatch.CAPACITY - to);
                prefixNumbers.read(prefixes, to, missing);
                suffixes.read(starts, lengths, to, missing);
                to += missing;
            }
            int most = Math.min(wanted, to - from);
            long bytes = 0;
            for (int i = 0; i < most; i++) {
                bytes += length(from + i);
                if (bytes > MAX_BYTES && i > 0) {
                    return i;
                }
            }
            return most;
        }

        private long length(int i) {
            return (prefixes[i] & 0xffff_ffffL) + lengths[i];
        }

        /** Of as many values as are {@link #available}. */
        @Override
        void read(ColumnBatch batch, int count) {
            long needed = 0;
            int before = last.length;
            for (int i = from; i < from + count; i++) {
                if (prefixes[i] < 0 || prefixes[i] > before) {
                    throw corrupt("a prefix of " + (prefixes[i] & 0xffff_ffffL) + " bytes of a value of " + before);
                }
                before = Math.toIntExact(length(i));
                needed += before;
            }
            fill(batch, Math.toIntExact(needed), count);
        }

        private void fill(ColumnBatch batch, int needed, int count) {
            byte[] heap = batch.heapToFill(needed);
            int[] valueStarts = batch.startsToFill(heap);
            int[] valueLengths = batch.lengthsToFill();
            byte[] previous = last;
            int previousStart = 0;
            int at = 0;
            for (int i = 0; i < count; i++) {
                int prefix = (int) prefixes[from + i];
                int suffix = lengths[from + i];
                ByteStrings.copy(previous, previousStart, heap, at, prefix);
                ByteStrings.copy(page, starts[from + i], heap, at + prefix, suffix);
                valueStarts[i] = at;
                valueLengths[i] = prefix + suffix;
                previous = heap;
                previousStart = at;
                at += prefix + suffix;
            }
            from += count;
            last = Arrays.copyOfRange(heap, previousStart, at);
        }
    }
}
