package io.glulam.statistics;

import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import org.jspecify.annotations.Nullable;

/**
 * The specification's {@code ColumnIndex}: an entry per data page, in the order of the offset index. Arrays are shared,
 * not copied: no caller changes them. Reading one checks that its lists agree with each other; whether bounds are valid
 * for the column's type, {@link ValueOrder} tells.
 *
 * @param nullPages whether a page holds only nulls
 * @param minValues a lower bound per page; empty and meaningless for null pages
 * @param maxValues an upper bound per page; likewise
 * @param boundaryOrder whether bounds rise or fall from page to page
 * @param nullCounts nulls per page, negative where the writer did not know; empty if absent
 * @param repetitionLevels the pages' level histograms, one after the other, as unchecked as the rest of a file's
 *     counts; empty if absent
 * @param definitionLevels likewise
 * @param nanCounts NaN values per page, negative where the writer did not know; empty if absent
 */
@SuppressWarnings("ArrayRecordComponent")
public record ColumnIndex(
        boolean[] nullPages,
        byte[][] minValues,
        byte[][] maxValues,
        BoundaryOrder boundaryOrder,
        long[] nullCounts,
        long[] repetitionLevels,
        long[] definitionLevels,
        long[] nanCounts) {
    /** Number of pages. */
    public int pageCount() {
        return nullPages.length;
    }

    /**
     * Reads one.
     *
     * @param from first byte in {@code bytes}
     * @param to one past the last byte that may be read
     * @param base offset in the object of {@code bytes[0]}, for error messages
     * @throws io.glulam.error.CorruptFile if it is cut off, contradicts itself or lacks what the specification requires
     */
    public static ColumnIndex parse(byte[] bytes, int from, int to, long base) {
        return new Parser(new ThriftReader(bytes, from, to, base)).parse();
    }

    /**
     * A page's level histogram.
     *
     * @param all {@link #repetitionLevels} or {@link #definitionLevels}
     * @param levels how many levels the column has: its maximum plus 1
     * @return {@code levels} counts; empty if absent, or if {@code all} does not hold that many per page
     */
    public long[] histogram(long[] all, int page, int levels) {
        if (all.length == 0 || all.length != (long) pageCount() * levels) {
            return Histograms.ABSENT;
        }
        long[] histogram = new long[levels];
        System.arraycopy(all, page * levels, histogram, 0, levels);
        return histogram;
    }

    /** Appends it as a Thrift struct. */
    public void write(ThriftWriter writer) {
        int outer = writer.enterStruct();
        ThriftLists.writeBooleans(writer, 1, nullPages);
        ThriftLists.writeBinaries(writer, 2, minValues);
        ThriftLists.writeBinaries(writer, 3, maxValues);
        writer.i32Field(4, boundaryOrder.ordinal());
        writeIfPresent(writer, 5, nullCounts);
        writeIfPresent(writer, 6, repetitionLevels);
        writeIfPresent(writer, 7, definitionLevels);
        writeIfPresent(writer, 8, nanCounts);
        writer.leaveStruct(outer);
    }

    private static void writeIfPresent(ThriftWriter writer, int field, long[] counts) {
        if (counts.length > 0) {
            ThriftLists.writeCounts(writer, field, counts);
        }
    }

    private static final class Parser {
        private final ThriftReader reader;
        private boolean @Nullable [] nullPages;
        private byte @Nullable [][] minValues;
        private byte @Nullable [][] maxValues;
        private @Nullable BoundaryOrder boundaryOrder;
        private long[] nullCounts = Histograms.ABSENT;
        private long[] repetitionLevels = Histograms.ABSENT;
        private long[] definitionLevels = Histograms.ABSENT;
        private long[] nanCounts = Histograms.ABSENT;

        Parser(ThriftReader reader) {
            this.reader = reader;
        }

        ColumnIndex parse() {
            int outer = reader.enterStruct();
            while (reader.nextField()) {
                readField();
            }
            reader.leaveStruct(outer);
            if (nullPages == null || minValues == null || maxValues == null || boundaryOrder == null) {
                throw reader.corrupt(
                        "the column index lacks null_pages, min_values, max_values or a known boundary_order");
            }
            int pages = nullPages.length;
            check("min_values", minValues.length == pages, minValues.length);
            check("max_values", maxValues.length == pages, maxValues.length);
            check("null_counts", isPerPage(nullCounts.length), nullCounts.length);
            check("nan_counts", isPerPage(nanCounts.length), nanCounts.length);
            check("repetition_level_histograms", isMultiple(repetitionLevels.length), repetitionLevels.length);
            check("definition_level_histograms", isMultiple(definitionLevels.length), definitionLevels.length);
            return new ColumnIndex(
                    nullPages,
                    minValues,
                    maxValues,
                    boundaryOrder,
                    nullCounts,
                    repetitionLevels,
                    definitionLevels,
                    nanCounts);
        }

        private void readField() {
            switch (reader.fieldId()) {
                case 1 -> nullPages = ThriftLists.readBooleans(reader);
                case 2 -> minValues = ThriftLists.readBinaries(reader);
                case 3 -> maxValues = ThriftLists.readBinaries(reader);
                case 4 -> {
                    reader.expect(ThriftReader.I32);
                    // Readers by Thrift take an order that they do not know for an absent one, and fail.
                    boundaryOrder = BoundaryOrder.of(reader.readI32());
                }
                case 5 -> nullCounts = ThriftLists.readCounts(reader);
                case 6 -> repetitionLevels = ThriftLists.readCounts(reader);
                case 7 -> definitionLevels = ThriftLists.readCounts(reader);
                case 8 -> nanCounts = ThriftLists.readCounts(reader);
                default -> reader.skip();
            }
        }

        private int pages() {
            return nullPages == null ? 0 : nullPages.length;
        }

        private boolean isPerPage(int length) {
            return length == 0 || length == pages();
        }

        private boolean isMultiple(int length) {
            return length == 0 || pages() > 0 && length % pages() == 0;
        }

        private void check(String list, boolean agrees, int length) {
            if (!agrees) {
                throw reader.corrupt("the column index has " + length + " " + list + " for " + pages() + " pages");
            }
        }
    }
}
