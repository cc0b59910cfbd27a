package io.glulam.page;

import io.glulam.format.Encoding;
import io.glulam.format.PageType;
import io.glulam.format.Statistics;
import io.glulam.format.ThriftReader;
import org.jspecify.annotations.Nullable;

/** Reads one {@link PageHeader}, collecting its fields. */
final class PageHeaderParser {
    private static final int ABSENT = Integer.MIN_VALUE;

    private final ThriftReader in;
    private int type = ABSENT;
    private int uncompressedSize = ABSENT;
    private int compressedSize = ABSENT;
    private @Nullable Integer crc;
    private int valueCount = ABSENT;
    private int encoding = -1;
    private int definitionLevelEncoding = Encoding.RLE.value();
    private int repetitionLevelEncoding = Encoding.RLE.value();
    private int rowCount = -1;
    private int nullCount = -1;
    private int definitionLevelBytes;
    private int repetitionLevelBytes;
    private boolean compressed = true;
    private @Nullable Statistics statistics;
    private int specificHeader = ABSENT;

    PageHeaderParser(ThriftReader in) {
        this.in = in;
    }

    PageHeader parse() {
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> type = in.readI32Field();
                case 2 -> uncompressedSize = in.readI32Field();
                case 3 -> compressedSize = in.readI32Field();
                case 4 -> crc = in.readI32Field();
                case 5 -> dataPage();
                case 7 -> dictionaryPage();
                case 8 -> dataPageV2();
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
        check();
        return new PageHeader(
                type,
                uncompressedSize,
                compressedSize,
                crc,
                Math.max(0, valueCount),
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

    private void dataPage() {
        specificHeader = PageType.DATA_PAGE;
        in.expect(ThriftReader.STRUCT);
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> valueCount = in.readI32Field();
                case 2 -> encoding = in.readI32Field();
                case 3 -> definitionLevelEncoding = in.readI32Field();
                case 4 -> repetitionLevelEncoding = in.readI32Field();
                case 5 -> statistics();
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
    }

    private void dictionaryPage() {
        specificHeader = PageType.DICTIONARY_PAGE;
        in.expect(ThriftReader.STRUCT);
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> valueCount = in.readI32Field();
                case 2 -> encoding = in.readI32Field();
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
    }

    private void dataPageV2() {
        specificHeader = PageType.DATA_PAGE_V2;
        in.expect(ThriftReader.STRUCT);
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> valueCount = in.readI32Field();
                // parquet-java without statistics writes -1: it has not counted.
                case 2 -> nullCount = Math.max(-1, in.readI32Field());
                case 3 -> rowCount = in.readI32Field();
                case 4 -> encoding = in.readI32Field();
                case 5 -> definitionLevelBytes = in.readI32Field();
                case 6 -> repetitionLevelBytes = in.readI32Field();
                case 7 -> compressed = in.readBooleanField();
                case 8 -> statistics();
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
    }

    private void statistics() {
        if (in.fieldType() == ThriftReader.STRUCT) {
            statistics = Statistics.read(in);
        } else {
            in.skip();
        }
    }

    private void check() {
        required("type", type);
        required("uncompressed_page_size", uncompressedSize);
        required("compressed_page_size", compressedSize);
        if (uncompressedSize < 0 || compressedSize < 0) {
            throw in.corrupt(
                    "a page of negative size (" + uncompressedSize + " bytes, stored in " + compressedSize + ")");
        }
        if (type != PageType.DATA_PAGE && type != PageType.DICTIONARY_PAGE && type != PageType.DATA_PAGE_V2) {
            return;
        }
        if (specificHeader != type) {
            throw in.corrupt("a page of type " + PageType.nameOf(type) + " without the header of that type");
        }
        required("num_values", valueCount);
        if (valueCount < 0 || encoding < 0) {
            throw in.corrupt("a page of " + valueCount + " values in encoding " + encoding);
        }
        if (type == PageType.DATA_PAGE_V2) {
            checkV2();
        }
    }

    private void checkV2() {
        // Levels tell both; Arrow C++ has left num_nulls uninitialized where it kept no statistics.
        if (nullCount > valueCount) {
            nullCount = -1;
        }
        if (rowCount < 0 || rowCount > valueCount) {
            rowCount = -1;
        }
        long levels = (long) definitionLevelBytes + repetitionLevelBytes;
        if (definitionLevelBytes < 0
                || repetitionLevelBytes < 0
                || levels > compressedSize
                || levels > uncompressedSize) {
            throw in.corrupt("a page whose levels take " + levels + " bytes of " + compressedSize);
        }
    }

    private void required(String field, int value) {
        if (value == ABSENT) {
            throw in.corrupt("a page header without " + field);
        }
    }
}
