package io.glulam.footer;

import io.glulam.format.ColumnChunk;
import io.glulam.format.PageEncodingStats;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.format.ThriftReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses one {@code ColumnChunk} struct into its record. Aids (statistics, indexes, filters) are never a reason to refuse
 * it: what cannot be read of them is absent, and what cannot lie where the footer says is marked so. Used once.
 */
final class ChunkParser {
    private static final long[] NO_LEVELS = {};
    private static final int[] ENCODING_STATS = {ThriftReader.STOP, ThriftReader.I32, ThriftReader.I32, ThriftReader.I32
    };
    private static final int[] SIZE_STATISTICS = {
        ThriftReader.STOP, ThriftReader.I64, ThriftReader.LIST, ThriftReader.LIST
    };

    private final ThriftReader in;
    private final long dataEnd;
    private final KnownLists known;
    private int type;
    private int[] encodings = {};
    private int codec;
    private long valueCount;
    private long uncompressedSize;
    private long compressedSize;
    private long dataPageOffset;
    private long indexPageOffset;
    private long dictionaryPageOffset;
    private @Nullable Statistics statistics;
    private List<PageEncodingStats> encodingStats = List.of();
    private long bloomFilterOffset;
    private int bloomFilterLength = -1;
    private @Nullable SizeStatistics sizeStatistics;
    private byte @Nullable [] geospatialStatistics;
    private byte @Nullable [] keyValueMetadata;
    private long offsetIndexOffset;
    private int offsetIndexLength;
    private long columnIndexOffset;
    private int columnIndexLength;

    private ChunkParser(ThriftReader in, long dataEnd, KnownLists known) {
        this.in = in;
        this.dataEnd = dataEnd;
        this.known = known;
    }

    /**
     * Parses the struct at the reader's position, which has been scanned before: its lists hold elements of the types that
     * the specification says.
     *
     * @param dataEnd offset of the footer, before which indexes and filters end
     * @param known lists of the entry before
     */
    static ColumnChunk parse(ThriftReader in, long dataEnd, KnownLists known) {
        return new ChunkParser(in, dataEnd, known).parse();
    }

    private ColumnChunk parse() {
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (FooterStruct.COLUMN_CHUNK.knownId(in)) {
                case 3 -> parseMetaData();
                case 4 -> offsetIndexOffset = in.readI64Field();
                case 5 -> offsetIndexLength = in.readI32Field();
                case 6 -> columnIndexOffset = in.readI64Field();
                case 7 -> columnIndexLength = in.readI32Field();
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
        return new ColumnChunk(
                type,
                encodings,
                codec,
                valueCount,
                uncompressedSize,
                compressedSize,
                new ColumnChunk.Pages(dataPageOffset, indexPageOffset, dictionaryPageOffset),
                statistics,
                encodingStats,
                sizeStatistics,
                geospatialStatistics,
                keyValueMetadata,
                tail());
    }

    private ColumnChunk.Tail tail() {
        if (bloomFilterOffset == 0
                && bloomFilterLength == -1
                && (offsetIndexOffset | columnIndexOffset | offsetIndexLength | columnIndexLength) == 0) {
            return ColumnChunk.Tail.NONE; // One for all, since there can be millions.
        }
        return new ColumnChunk.Tail(
                usable(bloomFilterOffset, Math.max(1, bloomFilterLength)),
                bloomFilterLength,
                usable(offsetIndexOffset, offsetIndexLength),
                offsetIndexLength,
                usable(columnIndexOffset, columnIndexLength),
                columnIndexLength);
    }

    /** The offset if so many bytes can lie there. */
    private long usable(long offset, long length) {
        boolean fits = offset >= ColumnChunk.MIN_OFFSET && length > 0 && length <= dataEnd - offset;
        return offset == 0 || fits ? offset : ColumnChunk.UNUSABLE;
    }

    private void parseMetaData() {
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (FooterStruct.COLUMN_META_DATA.knownId(in)) {
                case 1 -> type = in.readI32Field();
                case 2 -> encodings = readEncodings();
                case 4 -> codec = in.readI32Field();
                case 5 -> valueCount = in.readI64Field();
                case 6 -> uncompressedSize = Math.max(0, in.readI64Field());
                case 7 -> compressedSize = in.readI64Field();
                case 8 -> keyValueMetadata = in.skipRaw();
                case 9 -> dataPageOffset = in.readI64Field();
                case 10 -> indexPageOffset = in.readI64Field();
                case 11 -> dictionaryPageOffset = Math.max(0, in.readI64Field());
                case 12 -> statistics = Statistics.read(in);
                case 13 -> encodingStats = readEncodingStats();
                case 14 -> bloomFilterOffset = in.readI64Field();
                case 15 -> bloomFilterLength = in.readI32Field();
                case 16 -> sizeStatistics = readSizeStatistics();
                case 17 -> geospatialStatistics = in.skipRaw();
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
    }

    private int[] readEncodings() {
        if (known.passEncodings(in)) {
            return known.encodings();
        }
        int start = in.position();
        int[] values = new int[in.readListHeader()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readI32();
        }
        known.know(values, in, start);
        return values;
    }

    private List<PageEncodingStats> readEncodingStats() {
        if (known.passStats(in)) {
            return known.stats();
        }
        int start = in.position();
        int count = in.readListHeader();
        List<PageEncodingStats> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int pageType = -1;
            int encoding = -1;
            int pages = 0;
            int outer = in.enterStruct();
            while (in.nextField()) {
                switch (in.knownFieldId(ENCODING_STATS)) {
                    case 1 -> pageType = in.readI32Field();
                    case 2 -> encoding = in.readI32Field();
                    case 3 -> pages = in.readI32Field();
                    default -> in.skip();
                }
            }
            in.leaveStruct(outer);
            list.add(new PageEncodingStats(pageType, encoding, pages));
        }
        List<PageEncodingStats> read = List.copyOf(list);
        known.know(read, in, start);
        return read;
    }

    private SizeStatistics readSizeStatistics() {
        long unencodedByteArrayBytes = -1;
        long[] repetitionLevels = NO_LEVELS;
        long[] definitionLevels = NO_LEVELS;
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.knownFieldId(SIZE_STATISTICS)) {
                case 1 -> unencodedByteArrayBytes = in.readI64Field();
                case 2 -> repetitionLevels = readLongs();
                case 3 -> definitionLevels = readLongs();
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
        return new SizeStatistics(unencodedByteArrayBytes, repetitionLevels, definitionLevels);
    }

    private long[] readLongs() {
        long[] values = new long[in.readListHeader()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readI64();
        }
        return values;
    }
}
