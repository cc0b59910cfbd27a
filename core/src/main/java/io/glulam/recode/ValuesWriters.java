package io.glulam.recode;

import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter.FixedLenByteArrayByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter.IntegerByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter.LongByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainFixedLenArrayDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainIntegerDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainLongDictionaryValuesWriter;
import org.apache.parquet.column.values.plain.BooleanPlainValuesWriter;
import org.apache.parquet.column.values.plain.FixedLenByteArrayPlainValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesWriter;
import org.jspecify.annotations.Nullable;

/** The library's encoder for a type and encoding; FLOAT and DOUBLE as integers of the same bits. */
final class ValuesWriters {
    private static final int INITIAL = 1 << 10;
    private static final int SLAB = 64 << 10;
    private static final ByteBufferAllocator HEAP = HeapByteBufferAllocator.getInstance();

    private ValuesWriters() {}

    /** The encoder of pages without dictionary. */
    static ValuesWriter plain(Leaf leaf, RecodeSettings settings) {
        Encoding encoding = settings.valueEncoding();
        ValuesWriter writer = switch (leaf.type()) {
            case BOOLEAN -> ofBoolean(encoding);
            case INT32, FLOAT -> ofInt(encoding, leaf.type());
            case INT64, DOUBLE -> ofLong(encoding, leaf.type());
            case BYTE_ARRAY -> ofByteArray(encoding);
            case INT96, FIXED_LEN_BYTE_ARRAY -> ofFixed(encoding, leaf);
        };
        if (writer == null) {
            throw new IllegalArgumentException("values of type " + leaf.type() + " have no encoding " + encoding);
        }
        return writer;
    }

    private static @Nullable ValuesWriter ofBoolean(Encoding encoding) {
        return switch (encoding) {
            case PLAIN -> new BooleanPlainValuesWriter();
            case RLE -> new RunLengthBitPackingHybridValuesWriter(1, INITIAL, SLAB, HEAP);
            default -> null;
        };
    }

    private static @Nullable ValuesWriter ofInt(Encoding encoding, PhysicalType type) {
        return switch (encoding) {
            case PLAIN -> new PlainValuesWriter(INITIAL, SLAB, HEAP);
            case BYTE_STREAM_SPLIT -> new IntegerByteStreamSplitValuesWriter(INITIAL, SLAB, HEAP);
            case DELTA_BINARY_PACKED ->
                type == PhysicalType.FLOAT ? null : new DeltaBinaryPackingValuesWriterForInteger(INITIAL, SLAB, HEAP);
            default -> null;
        };
    }

    private static @Nullable ValuesWriter ofLong(Encoding encoding, PhysicalType type) {
        return switch (encoding) {
            case PLAIN -> new PlainValuesWriter(INITIAL, SLAB, HEAP);
            case BYTE_STREAM_SPLIT -> new LongByteStreamSplitValuesWriter(INITIAL, SLAB, HEAP);
            case DELTA_BINARY_PACKED ->
                type == PhysicalType.DOUBLE ? null : new DeltaBinaryPackingValuesWriterForLong(INITIAL, SLAB, HEAP);
            default -> null;
        };
    }

    private static @Nullable ValuesWriter ofByteArray(Encoding encoding) {
        return switch (encoding) {
            case PLAIN -> new PlainValuesWriter(INITIAL, SLAB, HEAP);
            case DELTA_LENGTH_BYTE_ARRAY -> new DeltaLengthByteArrayValuesWriter(INITIAL, SLAB, HEAP);
            case DELTA_BYTE_ARRAY -> new DeltaByteArrayWriter(INITIAL, SLAB, HEAP);
            default -> null;
        };
    }

    private static @Nullable ValuesWriter ofFixed(Encoding encoding, Leaf leaf) {
        boolean int96 = leaf.type() == PhysicalType.INT96;
        int width = leaf.valueWidth();
        return switch (encoding) {
            case PLAIN -> new FixedLenByteArrayPlainValuesWriter(width, INITIAL, SLAB, HEAP);
            case BYTE_STREAM_SPLIT ->
                int96 ? null : new FixedLenByteArrayByteStreamSplitValuesWriter(width, INITIAL, SLAB, HEAP);
            case DELTA_BYTE_ARRAY -> int96 ? null : new DeltaByteArrayWriter(INITIAL, SLAB, HEAP);
            default -> null;
        };
    }

    /** The encoder of pages with dictionary; null if the settings want none or the type has none. */
    static @Nullable DictionaryValuesWriter dictionary(Leaf leaf, RecodeSettings settings) {
        Encoding wanted = settings.dictionaryEncoding();
        if (wanted == null) {
            return null;
        }
        int max = settings.maxDictionaryBytes();
        boolean old = wanted == Encoding.PLAIN_DICTIONARY;
        var data = org.apache.parquet.column.Encoding.valueOf(wanted.name());
        var page = old ? org.apache.parquet.column.Encoding.PLAIN_DICTIONARY : org.apache.parquet.column.Encoding.PLAIN;
        return switch (leaf.type()) {
            case BOOLEAN -> null;
            case INT32, FLOAT -> new PlainIntegerDictionaryValuesWriter(max, data, page, HEAP);
            case INT64, DOUBLE -> new PlainLongDictionaryValuesWriter(max, data, page, HEAP);
            case BYTE_ARRAY -> new PlainBinaryDictionaryValuesWriter(max, data, page, HEAP);
            case INT96, FIXED_LEN_BYTE_ARRAY ->
                new PlainFixedLenArrayDictionaryValuesWriter(max, leaf.valueWidth(), data, page, HEAP);
        };
    }
}
