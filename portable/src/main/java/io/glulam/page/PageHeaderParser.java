package io.glulam.page;

import io.glulam.error.CorruptFile;
import io.glulam.format.Encoding;
import io.glulam.format.PageType;
import io.glulam.format.Statistics;
import io.glulam.format.ThriftReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@link PageHeader}, collecting its fields.
 *
 * <p>A header can hold the headers of several types. Readers take that of its own type and no field of another. Of one that
 * occurs twice, readers in Java take the last, whole, and those in C++ put both together: it is refused. Readers pass over a
 * field that has another Thrift type than the specification says.
 */
final class PageHeaderParser {
    private static final int ABSENT = Integer.MIN_VALUE;
    private static final int[] HEADER = {
        ThriftReader.STOP,
        ThriftReader.I32,
        ThriftReader.I32,
        ThriftReader.I32,
        ThriftReader.I32,
        ThriftReader.STRUCT,
        ThriftReader.STOP,
        ThriftReader.STRUCT,
        ThriftReader.STRUCT
    };
    private static final int[] DATA_PAGE = {
        ThriftReader.STOP, ThriftReader.I32, ThriftReader.I32, ThriftReader.I32, ThriftReader.I32, ThriftReader.STRUCT
    };
    private static final int[] DICTIONARY_PAGE = {ThriftReader.STOP, ThriftReader.I32, ThriftReader.I32};
    private static final int[] DATA_PAGE_V2 = {
        ThriftReader.STOP,
        ThriftReader.I32,
        ThriftReader.I32,
        ThriftReader.I32,
        ThriftReader.I32,
        ThriftReader.I32,
        ThriftReader.I32,
        ThriftReader.TRUE,
        ThriftReader.STRUCT
    };

    private final ThriftReader in;
    private int type = ABSENT;
    private int uncompressedSize = ABSENT;
    private int compressedSize = ABSENT;
    private @Nullable Integer crc;
    private int specificHeader = ABSENT;

    // Of the specific header; what they hold without one is what clear() says.
    private int valueCount;
    private int encoding;
    private int definitionLevelEncoding;
    private int repetitionLevelEncoding;
    private int rowCount;
    private int nullCount;
    private int definitionLevelBytes;
    private int repetitionLevelBytes;
    private boolean compressed;
    private @Nullable Statistics statistics;

    PageHeaderParser(ThriftReader in) {
        this.in = in;
        clear();
    }

    private void clear() {
        valueCount = ABSENT;
        encoding = -1;
        definitionLevelEncoding = Encoding.RLE.value();
        repetitionLevelEncoding = Encoding.RLE.value();
        rowCount = -1;
        nullCount = -1;
        definitionLevelBytes = 0;
        repetitionLevelBytes = 0;
        compressed = true;
        statistics = null;
    }

    PageHeader parse() {
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.knownFieldId(HEADER)) {
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
                new PageCounts(Math.max(0, valueCount), rowCount, nullCount),
                encoding,
                PageHeader.Levels.of(
                        definitionLevelEncoding, repetitionLevelEncoding, definitionLevelBytes, repetitionLevelBytes),
                compressed,
                statistics);
    }

    private void dataPage() {
        if (isOfAnotherType(PageType.DATA_PAGE)) {
            return;
        }
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.knownFieldId(DATA_PAGE)) {
                case 1 -> valueCount = in.readI32Field();
                case 2 -> encoding = in.readI32Field();
                case 3 -> definitionLevelEncoding = in.readI32Field();
                case 4 -> repetitionLevelEncoding = in.readI32Field();
                case 5 -> statistics = Statistics.read(in);
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
    }

    private void dictionaryPage() {
        if (isOfAnotherType(PageType.DICTIONARY_PAGE)) {
            return;
        }
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.knownFieldId(DICTIONARY_PAGE)) {
                case 1 -> valueCount = in.readI32Field();
                case 2 -> encoding = in.readI32Field();
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
    }

    private void dataPageV2() {
        if (isOfAnotherType(PageType.DATA_PAGE_V2)) {
            return;
        }
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.knownFieldId(DATA_PAGE_V2)) {
                case 1 -> valueCount = in.readI32Field();
                // parquet-java without statistics writes -1: it has not counted.
                case 2 -> nullCount = Math.max(-1, in.readI32Field());
                case 3 -> rowCount = in.readI32Field();
                case 4 -> encoding = in.readI32Field();
                case 5 -> definitionLevelBytes = in.readI32Field();
                case 6 -> repetitionLevelBytes = in.readI32Field();
                case 7 -> compressed = in.readBooleanField();
                case 8 -> statistics = Statistics.read(in);
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
    }

    /** Skips the header of another type than the page's, or starts with empty fields. */
    private boolean isOfAnotherType(int headerType) {
        if (type != ABSENT && type != headerType) {
            in.skip();
            return true;
        }
        if (specificHeader == headerType) {
            throw in.corrupt("a page header in which the header of its type occurs twice");
        }
        specificHeader = headerType;
        clear();
        return false;
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

    private CorruptFile without(String field) {
        return in.corrupt("a page header without " + field);
    }

    private void required(String field, int value) {
        if (value == ABSENT) {
            throw without(field);
        }
    }
}
