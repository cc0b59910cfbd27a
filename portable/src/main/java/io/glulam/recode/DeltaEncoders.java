package io.glulam.recode;

import io.glulam.format.LittleEndian;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.ByteStrings;

/** Encodings DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY. */
final class DeltaEncoders {
    private DeltaEncoders() {}

    /** DELTA_BINARY_PACKED. */
    static final class Numbers implements ValuesEncoder {
        private final DeltaWriter writer;

        Numbers(boolean narrow) {
            this.writer = new DeltaWriter(narrow);
        }

        @Override
        public void encode(PageBuffer page, ByteArrayBuilder out) {
            writer.write(page.numbers(), page.values(), out);
        }
    }

    /** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
    static final class Lengths implements ValuesEncoder {
        private final DeltaWriter writer = new DeltaWriter(true);
        private long[] lengths = {};

        @Override
        public void encode(PageBuffer page, ByteArrayBuilder out) {
            int count = page.values();
            lengths = lengths.length < count ? new long[count] : lengths;
            int[] ends = page.ends();
            int before = 0;
            for (int i = 0; i < count; i++) {
                lengths[i] = (long) ends[i] - before - Integer.BYTES;
                before = ends[i];
            }
            writer.write(lengths, count, out);
            writeEnds(page.heap(), ends, lengths, count, out);
        }
    }

    /** DELTA_BYTE_ARRAY: of each value how much of it is the one before's, then the rest as above. */
    static final class Prefixes implements ValuesEncoder {
        private final DeltaWriter writer = new DeltaWriter(true);
        private final int lengthBytes;
        private long[] prefixes = {};
        private long[] suffixes = {};

        /** @param lengthBytes bytes of the length in front of each value of a page */
        Prefixes(int lengthBytes) {
            this.lengthBytes = lengthBytes;
        }

        @Override
        public void encode(PageBuffer page, ByteArrayBuilder out) {
            int count = page.values();
            if (prefixes.length < count) {
                prefixes = new long[count];
                suffixes = new long[count];
            }
            byte[] heap = page.heap();
            int[] ends = page.ends();
            int before = 0;
            int beforeEnd = 0;
            for (int i = 0; i < count; i++) {
                int start = beforeEnd + lengthBytes;
                int end = ends[i];
                int prefix = commonPrefix(heap, before, beforeEnd, start, end);
                prefixes[i] = prefix;
                suffixes[i] = (long) end - start - prefix;
                before = start;
                beforeEnd = end;
            }
            writer.write(prefixes, count, out);
            writer.write(suffixes, count, out);
            writeEnds(heap, ends, suffixes, count, out);
        }

        /** Bytes that two values begin with alike. */
        private static int commonPrefix(byte[] heap, int before, int beforeEnd, int start, int end) {
            int most = Math.min(beforeEnd - before, end - start);
            int same = 0;
            while (same + Long.BYTES <= most) {
                long difference = LittleEndian.getLong(heap, before + same) ^ LittleEndian.getLong(heap, start + same);
                if (difference != 0) {
                    return same + (Long.numberOfTrailingZeros(difference) >>> 3);
                }
                same += Long.BYTES;
            }
            while (same < most && heap[before + same] == heap[start + same]) {
                same++;
            }
            return same;
        }
    }

    /** Appends the last bytes of each value. */
    private static void writeEnds(byte[] heap, int[] ends, long[] lengths, int count, ByteArrayBuilder out) {
        long size = 0;
        for (int i = 0; i < count; i++) {
            size += lengths[i];
        }
        byte[] target = out.reserve(Math.toIntExact(size));
        int at = out.size();
        for (int i = 0; i < count; i++) {
            int length = (int) lengths[i];
            ByteStrings.copy(heap, ends[i] - length, target, at, length);
            at += length;
        }
        out.advance((int) size);
    }
}
