package io.glulam.footer;

import io.glulam.format.ColumnChunk;
import io.glulam.format.PageEncodingStats;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.format.ThriftReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses one {@code ColumnChunk} struct into its record. Used once. */
final class ChunkParser {
    private static final long[] NO_LEVELS = {};

    private final ThriftReader in;
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

    private ChunkParser(ThriftReader in) {
        this.in = in;
    }

    /** Parses the struct at the reader's position, which has been scanned before. */
    static ColumnChunk parse(ThriftReader in) {
        return new ChunkParser(in).parse();
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
                null,
                type,
                encodings,
                codec,
                valueCount,
                uncompressedSize,
                compressedSize,
                dataPageOffset,
                indexPageOffset,
                dictionaryPageOffset,
                statistics,
                encodingStats,
                bloomFilterOffset,
                bloomFilterLength,
                sizeStatistics,
                geospatialStatistics,
                keyValueMetadata,
                offsetIndexOffset,
                offsetIndexLength,
                columnIndexOffset,
                columnIndexLength,
                false);
    }

    private void parseMetaData() {
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (FooterStruct.COLUMN_META_DATA.knownId(in)) {
                case 1 -> type = in.readI32Field();
                case 2 -> encodings = readEncodings();
                case 4 -> codec = in.readI32Field();
                case 5 -> valueCount = in.readI64Field();
                case 6 -> uncompressedSize = in.readI64Field();
                case 7 -> compressedSize = in.readI64Field();
                case 8 -> keyValueMetadata = in.skipRaw();
                case 9 -> dataPageOffset = in.readI64Field();
                case 10 -> indexPageOffset = in.readI64Field();
                case 11 -> dictionaryPageOffset = in.readI64Field();
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
        int[] values = new int[in.readListHeader(ThriftReader.I32)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readI32();
        }
        return values;
    }

    private List<PageEncodingStats> readEncodingStats() {
        int count = in.readListHeader(ThriftReader.STRUCT);
        List<PageEncodingStats> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int pageType = -1;
            int encoding = -1;
            int pages = 0;
            int outer = in.enterStruct();
            while (in.nextField()) {
                switch (in.fieldId()) {
                    case 1 -> pageType = in.readI32Field();
                    case 2 -> encoding = in.readI32Field();
                    case 3 -> pages = in.readI32Field();
                    default -> in.skip();
                }
            }
            in.leaveStruct(outer);
            list.add(new PageEncodingStats(pageType, encoding, pages));
        }
        return List.copyOf(list);
    }

    private SizeStatistics readSizeStatistics() {
        long unencodedByteArrayBytes = -1;
        long[] repetitionLevels = NO_LEVELS;
        long[] definitionLevels = NO_LEVELS;
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
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
        in.expect(ThriftReader.LIST);
        long[] values = new long[in.readListHeader(ThriftReader.I64)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readI64();
        }
        return values;
    }
}
