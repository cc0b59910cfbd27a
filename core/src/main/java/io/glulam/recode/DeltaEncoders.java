package io.glulam.recode;

import io.glulam.page.ByteArrayBuilder;
import java.util.Arrays;

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
            int start = 0;
            for (int i = 0; i < count; i++) {
                lengths[i] = ends[i] - start;
                start = ends[i];
            }
            writer.write(lengths, count, out);
            out.append(page.heap(), 0, page.heapSize());
        }
    }

    /** DELTA_BYTE_ARRAY: of each value how much of it is the one before's, then the rest as above. */
    static final class Prefixes implements ValuesEncoder {
        private final DeltaWriter writer = new DeltaWriter(true);
        private long[] prefixes = {};
        private long[] suffixes = {};

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
            int start = 0;
            for (int i = 0; i < count; i++) {
                int end = ends[i];
                int prefix = commonPrefix(heap, before, start, end);
                prefixes[i] = prefix;
                suffixes[i] = end - start - prefix;
                before = start;
                start = end;
            }
            writer.write(prefixes, count, out);
            writer.write(suffixes, count, out);
            writeSuffixes(heap, ends, count, out);
        }

        /** Bytes that {@code heap[before, start)} and {@code heap[start, end)} begin with alike. */
        private static int commonPrefix(byte[] heap, int before, int start, int end) {
            int mismatch = Arrays.mismatch(heap, before, start, heap, start, end);
            return mismatch < 0 ? end - start : mismatch;
        }

        private void writeSuffixes(byte[] heap, int[] ends, int count, ByteArrayBuilder out) {
            for (int i = 0; i < count; i++) {
                int length = (int) suffixes[i];
                out.append(heap, ends[i] - length, length);
            }
        }
    }
}
