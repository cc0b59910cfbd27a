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
 * @param valueCount values including nulls, or entries of a dictionary; 0 for an index page
 * @param encoding Thrift value of the values' {@code Encoding}; -1 for an index page
 * @param definitionLevelEncoding Thrift value; RLE for version 2
 * @param repetitionLevelEncoding Thrift value; RLE for version 2
 * @param rowCount -1 if absent (version 1)
 * @param nullCount -1 if absent (version 1)
 * @param definitionLevelBytes length of the levels before the body's compressed part; 0 for version 1
 * @param repetitionLevelBytes as above
 * @param compressed whether the values are compressed; always true for version 1
 * @param statistics null if absent
 */
public record PageHeader(
        int type,
        int uncompressedSize,
        int compressedSize,
        @Nullable Integer crc,
        int valueCount,
        int encoding,
        int definitionLevelEncoding,
        int repetitionLevelEncoding,
        int rowCount,
        int nullCount,
        int definitionLevelBytes,
        int repetitionLevelBytes,
        boolean compressed,
        @Nullable Statistics statistics) {

    /** A version 1 data page without statistics whose levels, if any, are RLE. */
    public static PageHeader dataPage(int uncompressedSize, int compressedSize, int valueCount, int encoding) {
        int rle = Encoding.RLE.value();
        return new PageHeader(
                PageType.DATA_PAGE,
                uncompressedSize,
                compressedSize,
                null,
                valueCount,
                encoding,
                rle,
                rle,
                -1,
                -1,
                0,
                0,
                true,
                null);
    }

    /** A version 2 data page without statistics. */
    public static PageHeader dataPageV2(
            int uncompressedSize,
            int compressedSize,
            int valueCount,
            int nullCount,
            int rowCount,
            int encoding,
            int definitionLevelBytes,
            int repetitionLevelBytes,
            boolean compressed) {
        int rle = Encoding.RLE.value();
        return new PageHeader(
                PageType.DATA_PAGE_V2,
                uncompressedSize,
                compressedSize,
                null,
                valueCount,
                encoding,
                rle,
                rle,
                rowCount,
                nullCount,
                definitionLevelBytes,
                repetitionLevelBytes,
                compressed,
                null);
    }

    /** A dictionary page of {@code entryCount} entries. */
    public static PageHeader dictionaryPage(int uncompressedSize, int compressedSize, int entryCount, int encoding) {
        // Dictionary pages have no levels; RLE is what a header without their encodings reads as.
        int rle = Encoding.RLE.value();
        return new PageHeader(
                PageType.DICTIONARY_PAGE,
                uncompressedSize,
                compressedSize,
                null,
                entryCount,
                encoding,
                rle,
                rle,
                -1,
                -1,
                0,
                0,
                true,
                null);
    }

    /** This header with the CRC-32 of the body as stored. */
    public PageHeader withCrc(int value) {
        return new PageHeader(
                type,
                uncompressedSize,
                compressedSize,
                value,
                valueCount,
                encoding,
                definitionLevelEncoding,
                repetitionLevelEncoding,
                rowCount,
                nullCount,
                definitionLevelBytes,
                repetitionLevelBytes,
                compressed,
                statistics);
    }

    /** This header with rows and nulls that were counted, and without statistics. */
    public PageHeader counted(int rows, int nulls) {
        return new PageHeader(
                type,
                uncompressedSize,
                compressedSize,
                crc,
                valueCount,
                encoding,
                definitionLevelEncoding,
                repetitionLevelEncoding,
                rows,
                nulls,
                definitionLevelBytes,
                repetitionLevelBytes,
                compressed,
                null);
    }

    // Written out, because every splice compares: what Java makes for records at run time would cost more than a page.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PageHeader that
                && type == that.type
                && uncompressedSize == that.uncompressedSize
                && compressedSize == that.compressedSize
                && Objects.equals(crc, that.crc)
                && valueCount == that.valueCount
                && encoding == that.encoding
                && definitionLevelEncoding == that.definitionLevelEncoding
                && repetitionLevelEncoding == that.repetitionLevelEncoding
                && rowCount == that.rowCount
                && nullCount == that.nullCount
                && definitionLevelBytes == that.definitionLevelBytes
                && repetitionLevelBytes == that.repetitionLevelBytes
                && compressed == that.compressed
                && Objects.equals(statistics, that.statistics);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * type + compressedSize) + valueCount) + encoding;
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
        out.i32Field(1, valueCount);
        out.i32Field(2, encoding);
        out.i32Field(3, definitionLevelEncoding);
        out.i32Field(4, repetitionLevelEncoding);
        writeStatistics(out, 5);
        out.leaveStruct(outer);
    }

    private void writeDictionaryPage(ThriftWriter out) {
        out.field(7, ThriftReader.STRUCT);
        int outer = out.enterStruct();
        out.i32Field(1, valueCount);
        out.i32Field(2, encoding);
        out.leaveStruct(outer);
    }

    private void writeDataPageV2(ThriftWriter out) {
        out.field(8, ThriftReader.STRUCT);
        int outer = out.enterStruct();
        out.i32Field(1, valueCount);
        out.i32Field(2, nullCount);
        out.i32Field(3, rowCount);
        out.i32Field(4, encoding);
        out.i32Field(5, definitionLevelBytes);
        out.i32Field(6, repetitionLevelBytes);
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
