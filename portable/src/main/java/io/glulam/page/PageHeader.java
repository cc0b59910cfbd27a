package io.glulam.page;

import io.glulam.format.Encoding;
import io.glulam.format.PageType;
import io.glulam.format.Statistics;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page's header (the specification's {@code PageHeader} with the header of its type folded in).
 *
 * @param type Thrift value of {@code PageType}
 * @param uncompressedSize of the body, in bytes; not negative
 * @param compressedSize of the body as stored, in bytes; not negative
 * @param crc CRC-32 of the body as stored; null if absent
 * @param counts its values, rows and nulls; rows and nulls are unknown for version 1
 * @param encoding Thrift value of the values' {@code Encoding}; -1 for an index page
 * @param levels how its levels are stored
 * @param compressed whether the values are compressed; always true for version 1
 * @param statistics null if absent
 */
public record PageHeader(
        int type,
        int uncompressedSize,
        int compressedSize,
        @Nullable Integer crc,
        PageCounts counts,
        int encoding,
        Levels levels,
        boolean compressed,
        @Nullable Statistics statistics) {

    /**
     * How a data page's levels are stored. Dictionary and index pages, which have none, have {@link #RLE}.
     *
     * @param definitionEncoding Thrift value; RLE for version 2
     * @param repetitionEncoding Thrift value; RLE for version 2
     * @param definitionBytes length of the levels before the body's compressed part; 0 for version 1
     * @param repetitionBytes as above
     */
    public record Levels(int definitionEncoding, int repetitionEncoding, int definitionBytes, int repetitionBytes) {
        /** RLE, and within the body's compressed part if there are any. */
        public static final Levels RLE = new Levels(Encoding.RLE.value(), Encoding.RLE.value(), 0, 0);

        /** Returns the levels; {@link #RLE} itself where they are stored so, as nearly always in version 1. */
        static Levels of(int definitionEncoding, int repetitionEncoding, int definitionBytes, int repetitionBytes) {
            boolean usual = definitionEncoding == RLE.definitionEncoding
                    && repetitionEncoding == RLE.repetitionEncoding
                    && definitionBytes == 0
                    && repetitionBytes == 0;
            return usual ? RLE : new Levels(definitionEncoding, repetitionEncoding, definitionBytes, repetitionBytes);
        }

        /** Returns the bytes of all levels before the body's compressed part. */
        public int bytes() {
            return definitionBytes + repetitionBytes;
        }
    }

    /** A version 1 data page without statistics whose levels, if any, are RLE. */
    public static PageHeader dataPage(int uncompressedSize, int compressedSize, int valueCount, int encoding) {
        return new PageHeader(
                PageType.DATA_PAGE,
                uncompressedSize,
                compressedSize,
                null,
                PageCounts.ofValues(valueCount),
                encoding,
                Levels.RLE,
                true,
                null);
    }

    /**
     * A version 2 data page without statistics, whose levels are RLE.
     *
     * @param body what is stored, before its values are compressed
     */
    public static PageHeader dataPageV2(
            PageBody body, int compressedSize, PageCounts counts, int encoding, boolean compressed) {
        int rle = Encoding.RLE.value();
        return new PageHeader(
                PageType.DATA_PAGE_V2,
                body.length(),
                compressedSize,
                null,
                counts,
                encoding,
                Levels.of(rle, rle, body.definitionBytes(), body.repetitionBytes()),
                compressed,
                null);
    }

    /** A dictionary page of {@code entryCount} entries. */
    public static PageHeader dictionaryPage(int uncompressedSize, int compressedSize, int entryCount, int encoding) {
        return new PageHeader(
                PageType.DICTIONARY_PAGE,
                uncompressedSize,
                compressedSize,
                null,
                PageCounts.ofValues(entryCount),
                encoding,
                Levels.RLE,
                true,
                null);
    }

    /** Returns the values, nulls included, or a dictionary's entries; 0 for an index page. */
    public int valueCount() {
        return counts.values();
    }

    /** Returns the rows that begin in the page; -1 if absent (version 1). */
    public int rowCount() {
        return counts.rows();
    }

    /** Returns the nulls; -1 if absent (version 1). */
    public int nullCount() {
        return counts.nulls();
    }

    /** This header with the CRC-32 of the body as stored. */
    public PageHeader withCrc(int value) {
        return new PageHeader(
                type, uncompressedSize, compressedSize, value, counts, encoding, levels, compressed, statistics);
    }

    /** This header with rows and nulls that were counted, and without statistics. */
    public PageHeader counted(int rows, int nulls) {
        PageCounts counted = new PageCounts(counts.values(), rows, nulls);
        return new PageHeader(type, uncompressedSize, compressedSize, crc, counted, encoding, levels, compressed, null);
    }

    // Written out, because every splice compares: what Java makes for records at run time would cost more than a page.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PageHeader that
                && type == that.type
                && uncompressedSize == that.uncompressedSize
                && compressedSize == that.compressedSize
                && Objects.equals(crc, that.crc)
                && counts.values() == that.counts.values()
                && counts.rows() == that.counts.rows()
                && counts.nulls() == that.counts.nulls()
                && encoding == that.encoding
                && levels.definitionEncoding == that.levels.definitionEncoding
                && levels.repetitionEncoding == that.levels.repetitionEncoding
                && levels.definitionBytes == that.levels.definitionBytes
                && levels.repetitionBytes == that.levels.repetitionBytes
                && compressed == that.compressed
                && Objects.equals(statistics, that.statistics);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * type + compressedSize) + counts.values()) + encoding;
    }

    /** Whether this is a data page of either version. */
    public boolean isData() {
        return type == PageType.DATA_PAGE || type == PageType.DATA_PAGE_V2;
    }

    /**
     * Reads the struct at the reader's position; required fields, signs and the levels' lengths are checked.
     *
     * @throws io.glulam.error.CorruptFile if the header contradicts the specification
     */
    public static PageHeader read(ThriftReader in) {
        return new PageHeaderParser(in).parse();
    }

    /** Writes the struct. */
    public void write(ThriftWriter out) {
        int outer = out.enterStruct();
        out.i32Field(1, type);
        out.i32Field(2, uncompressedSize);
        out.i32Field(3, compressedSize);
        if (crc != null) {
            out.i32Field(4, crc);
        }
        switch (type) {
            case PageType.DATA_PAGE -> writeDataPage(out);
            case PageType.DICTIONARY_PAGE -> writeDictionaryPage(out);
            case PageType.DATA_PAGE_V2 -> writeDataPageV2(out);
            default -> throw new IllegalStateException("pages of type " + type + " are never written");
        }
        out.leaveStruct(outer);
    }

    private void writeDataPage(ThriftWriter out) {
        out.field(5, ThriftReader.STRUCT);
        int outer = out.enterStruct();
        out.i32Field(1, counts.values());
        out.i32Field(2, encoding);
        out.i32Field(3, levels.definitionEncoding);
        out.i32Field(4, levels.repetitionEncoding);
        writeStatistics(out, 5);
        out.leaveStruct(outer);
    }

    private void writeDictionaryPage(ThriftWriter out) {
        out.field(7, ThriftReader.STRUCT);
        int outer = out.enterStruct();
        out.i32Field(1, counts.values());
        out.i32Field(2, encoding);
        out.leaveStruct(outer);
    }

    private void writeDataPageV2(ThriftWriter out) {
        out.field(8, ThriftReader.STRUCT);
        int outer = out.enterStruct();
        out.i32Field(1, counts.values());
        out.i32Field(2, counts.nulls());
        out.i32Field(3, counts.rows());
        out.i32Field(4, encoding);
        out.i32Field(5, levels.definitionBytes);
        out.i32Field(6, levels.repetitionBytes);
        out.booleanField(7, compressed);
        writeStatistics(out, 8);
        out.leaveStruct(outer);
    }

    private void writeStatistics(ThriftWriter out, int id) {
        if (statistics != null) {
            out.field(id, ThriftReader.STRUCT);
            statistics.write(out);
        }
    }
}
