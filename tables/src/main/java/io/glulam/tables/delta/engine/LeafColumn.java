package io.glulam.tables.delta.engine;

import io.glulam.codec.JvmCodecs;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.page.BitWidth;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridEncoder;
import io.glulam.page.PageHeader;
import io.glulam.page.codec.PageCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A leaf column of a checkpoint being written: one data page in encoding PLAIN for each row group, without statistics, because
 * readers of checkpoints read all rows. Not thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // The specification's enums: the ordinal is the Thrift value.
final class LeafColumn {
    private static final CompressionCodec CODEC = CompressionCodec.SNAPPY;

    private final List<String> path;
    private final PhysicalType type;
    private final int maxRepetition;
    private final int maxDefinition;
    private final ByteArrayBuilder plain = new ByteArrayBuilder(1 << 12);
    private int[] repetition = new int[1 << 10];
    private int[] definition = new int[1 << 10];
    private int levels;
    private int booleans;

    /** @param path names from below the root to the leaf */
    LeafColumn(List<String> path, PhysicalType type, int maxRepetition, int maxDefinition) {
        this.path = List.copyOf(path);
        this.type = type;
        this.maxRepetition = maxRepetition;
        this.maxDefinition = maxDefinition;
    }

    /** Bytes of the values so far. */
    int bytes() {
        return plain.size();
    }

    /** Adds a null, or a list or a map without elements. */
    void addMissing(int repetitionLevel, int definitionLevel) {
        if (levels == definition.length) {
            repetition = Arrays.copyOf(repetition, 2 * levels);
            definition = Arrays.copyOf(definition, 2 * levels);
        }
        repetition[levels] = repetitionLevel;
        definition[levels++] = definitionLevel;
    }

    void add(int repetitionLevel, String value) {
        addMissing(repetitionLevel, maxDefinition);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        plain.appendInt(bytes.length);
        plain.append(bytes, 0, bytes.length);
    }

    void add(int repetitionLevel, int value) {
        addMissing(repetitionLevel, maxDefinition);
        plain.appendInt(value);
    }

    void add(int repetitionLevel, long value) {
        addMissing(repetitionLevel, maxDefinition);
        plain.appendInt((int) value);
        plain.appendInt((int) (value >>> 32));
    }

    void add(int repetitionLevel, boolean value) {
        addMissing(repetitionLevel, maxDefinition);
        int bit = booleans++ % 8;
        if (bit == 0) {
            plain.append(0);
        }
        if (value) {
            plain.array()[plain.size() - 1] |= (byte) (1 << bit);
        }
    }

    /**
     * Appends the page of the row group, describes the chunk, and begins the next one.
     *
     * @param out takes the page's bytes
     * @param start of the page in the file
     * @param chunks takes the specification's {@code ColumnChunk}
     * @return bytes of the chunk without compression
     */
    long finish(ByteArrayBuilder out, long start, ThriftWriter chunks) {
        ByteArrayBuilder body = new ByteArrayBuilder(plain.size() + levels + 16);
        appendLevels(repetition, maxRepetition, body);
        appendLevels(definition, maxDefinition, body);
        body.append(plain.array(), 0, plain.size());
        ThriftWriter header = new ThriftWriter(64);
        int before = out.size();
        try (PageCodec codec = JvmCodecs.INSTANCE.of(CODEC)) {
            byte[] packed = new byte[codec.maxCompressedLength(body.size())];
            int length = codec.compress(body.array(), 0, body.size(), packed, 0);
            PageHeader.dataPage(body.size(), length, levels, Encoding.PLAIN.value())
                    .write(header);
            out.append(header.array(), 0, header.size());
            out.append(packed, 0, length);
        }
        long unpacked = (long) header.size() + body.size();
        describe(chunks, start, out.size() - before, unpacked);
        plain.clear();
        levels = 0;
        booleans = 0;
        return unpacked;
    }

    private void appendLevels(int[] source, int maxLevel, ByteArrayBuilder body) {
        if (maxLevel > 0) {
            int length = body.size();
            body.appendInt(0);
            HybridEncoder.encode(source, 0, levels, BitWidth.of(maxLevel), body);
            body.setInt(length, body.size() - length - Integer.BYTES);
        }
    }

    private void describe(ThriftWriter out, long start, long compressed, long unpacked) {
        int chunk = out.enterStruct();
        out.i64Field(2, 0);
        out.field(3, ThriftReader.STRUCT);
        int metaData = out.enterStruct();
        out.i32Field(1, type.ordinal());
        out.field(2, ThriftReader.LIST);
        out.listHeader(ThriftReader.I32, 2);
        out.writeI32(Encoding.PLAIN.value());
        out.writeI32(Encoding.RLE.value());
        out.field(3, ThriftReader.LIST);
        out.listHeader(ThriftReader.BINARY, path.size());
        path.forEach(name -> out.writeBinary(name.getBytes(StandardCharsets.UTF_8)));
        out.i32Field(4, CODEC.ordinal());
        out.i64Field(5, levels);
        out.i64Field(6, unpacked);
        out.i64Field(7, compressed);
        out.i64Field(9, start);
        out.leaveStruct(metaData);
        out.leaveStruct(chunk);
    }
}
