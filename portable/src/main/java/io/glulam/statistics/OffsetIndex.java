package io.glulam.statistics;

import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import org.jspecify.annotations.Nullable;

/**
 * The specification's {@code OffsetIndex}: where the data pages of a column chunk lie and which row each begins with.
 * Arrays are shared, not copied: no caller changes them. Reading one checks its lists, and offsets, sizes and rows not to be negative;
 * {@link #describes} says whether it fits a chunk.
 *
 * @param offsets of the pages in the object
 * @param compressedSizes of the pages in bytes, headers included
 * @param firstRows index in the row group of each page's first row
 * @param unencodedByteArrayBytes of each page, negative where the writer did not know; empty if absent
 * @param hasUnknownFields whether what was read holds fields that this version does not know and does not write
 */
@SuppressWarnings("ArrayRecordComponent")
public record OffsetIndex(
        long[] offsets,
        int[] compressedSizes,
        long[] firstRows,
        long[] unencodedByteArrayBytes,
        boolean hasUnknownFields) {
    /** Number of data pages. */
    public int pageCount() {
        return offsets.length;
    }

    /**
     * Reads one.
     *
     * @param from first byte in {@code bytes}
     * @param to one past the last byte that may be read
     * @param base offset in the object of {@code bytes[0]}, for error messages
     * @throws io.glulam.error.CorruptFile if it is cut off, contradicts itself or lacks what the specification requires
     */
    public static OffsetIndex parse(byte[] bytes, int from, int to, long base) {
        return new Parser(new ThriftReader(bytes, from, to, base)).parse();
    }

    /**
     * Whether it can belong to a chunk: the first row of the first page is 0, first rows rise strictly and stay under
     * {@code rowCount}, and pages follow each other without overlap within {@code start} and {@code end}.
     *
     * @param start offset of the chunk's first byte
     * @param end offset past its last byte
     */
    public boolean describes(long start, long end, long rowCount) {
        long position = start;
        long row = -1;
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] < position || offsets[i] > end - compressedSizes[i]) {
                return false;
            }
            if (firstRows[i] <= row || firstRows[i] >= rowCount || i == 0 && firstRows[i] != 0) {
                return false;
            }
            position = offsets[i] + compressedSizes[i];
            row = firstRows[i];
        }
        return offsets.length > 0 || rowCount == 0;
    }

    /**
     * The index of the same pages {@code shift} bytes further on (or back), without unknown fields.
     *
     * @throws ArithmeticException if an offset would be negative or leave 63 bits
     */
    public OffsetIndex shift(long shift) {
        long[] shifted = new long[offsets.length];
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = Math.addExact(offsets[i], shift);
            if (shifted[i] < 0) {
                throw new ArithmeticException("page offset " + offsets[i] + " shifted by " + shift + " is negative");
            }
        }
        return new OffsetIndex(shifted, compressedSizes, firstRows, unencodedByteArrayBytes, false);
    }

    /** Appends it as a Thrift struct. */
    public void write(ThriftWriter writer) {
        int outer = writer.enterStruct();
        writer.field(1, ThriftReader.LIST);
        writer.listHeader(ThriftReader.STRUCT, offsets.length);
        for (int i = 0; i < offsets.length; i++) {
            int list = writer.enterStruct();
            writer.i64Field(1, offsets[i]);
            writer.i32Field(2, compressedSizes[i]);
            writer.i64Field(3, firstRows[i]);
            writer.leaveStruct(list);
        }
        if (unencodedByteArrayBytes.length > 0) {
            ThriftLists.writeCounts(writer, 2, unencodedByteArrayBytes);
        }
        writer.leaveStruct(outer);
    }

    /**
     * The serialised index {@code bytes}, its pages moved by {@code shift}: the same array if {@code shift} is 0, unknown
     * fields and all; else rewritten without them. May be shorter or longer than the original. Read in either case.
     *
     * @param base offset in the object of {@code bytes[0]}, for error messages
     * @throws io.glulam.error.CorruptFile as {@link #parse}, or if an offset would be negative or leave 63 bits
     */
    public static byte[] relocate(byte[] bytes, long base, long shift) {
        ThriftReader reader = new ThriftReader(bytes, 0, bytes.length, base);
        OffsetIndex index = new Parser(reader).parse();
        if (shift == 0) {
            return bytes;
        }
        ThriftWriter writer = new ThriftWriter(bytes.length + 16);
        try {
            index.shift(shift).write(writer);
        } catch (ArithmeticException e) {
            throw reader.corrupt("the offset index points outside the file: " + e.getMessage());
        }
        return writer.toByteArray();
    }

    private static final class Parser {
        private static final int OFFSET = 1;
        private static final int SIZE = 2;
        private static final int FIRST_ROW = 4;

        private final ThriftReader reader;
        private long @Nullable [] offsets;
        private int[] sizes = {};
        private long[] firstRows = {};
        private long[] unencoded = Histograms.ABSENT;
        private boolean unknown;

        Parser(ThriftReader reader) {
            this.reader = reader;
        }

        OffsetIndex parse() {
            int outer = reader.enterStruct();
            while (reader.nextField()) {
                switch (reader.fieldId()) {
                    case 1 -> readLocations();
                    case 2 -> unencoded = ThriftLists.readCounts(reader);
                    default -> skipUnknown();
                }
            }
            reader.leaveStruct(outer);
            long[] found = offsets;
            if (found == null) {
                throw reader.corrupt("the offset index lacks page_locations");
            }
            if (unencoded.length != 0 && unencoded.length != found.length) {
                throw reader.corrupt("the offset index has " + unencoded.length
                        + " unencoded_byte_array_data_bytes for " + found.length + " pages");
            }
            return new OffsetIndex(found, sizes, firstRows, unencoded, unknown);
        }

        private void readLocations() {
            int size = ThriftLists.openList(reader, ThriftReader.STRUCT);
            long[] read = new long[size];
            sizes = new int[size];
            firstRows = new long[size];
            for (int i = 0; i < size; i++) {
                readLocation(read, i);
            }
            offsets = read;
        }

        private void readLocation(long[] into, int page) {
            int seen = 0;
            int outer = reader.enterStruct();
            while (reader.nextField()) {
                switch (reader.fieldId()) {
                    case 1 -> {
                        reader.expect(ThriftReader.I64);
                        into[page] = reader.readI64();
                        seen |= OFFSET;
                    }
                    case 2 -> {
                        reader.expect(ThriftReader.I32);
                        sizes[page] = reader.readI32();
                        seen |= SIZE;
                    }
                    case 3 -> {
                        reader.expect(ThriftReader.I64);
                        firstRows[page] = reader.readI64();
                        seen |= FIRST_ROW;
                    }
                    default -> skipUnknown();
                }
            }
            reader.leaveStruct(outer);
            if (seen != (OFFSET | SIZE | FIRST_ROW)) {
                throw reader.corrupt("page location " + page + " lacks its offset, size or first row");
            }
            if (into[page] < 0 || sizes[page] < 0 || firstRows[page] < 0) {
                throw reader.corrupt("page location " + page + " has a negative offset, size or first row");
            }
        }

        private void skipUnknown() {
            unknown = true;
            reader.skip();
        }
    }
}
