package io.glulam.cli.demo;

import io.glulam.codec.JvmCodecs;
import io.glulam.format.CompressionCodec;
import io.glulam.format.PhysicalType;
import io.glulam.format.ThriftWriter;
import io.glulam.page.BitWidth;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridEncoder;
import io.glulam.page.PageHeader;
import io.glulam.page.codec.PageCodec;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/** Builds the column chunks of one column: one data page a chunk, after its dictionary page. Not thread-safe. */
final class ChunkBuilder {
    static final CompressionCodec CODEC = CompressionCodec.SNAPPY;

    private final DemoColumn column;
    private final PageCodec codec = JvmCodecs.INSTANCE.of(CODEC);
    /** By identity, since equal values of a dictionary-encoded column are one array. */
    private final Map<byte[], Integer> dictionary = new IdentityHashMap<>();

    private final ByteArrayBuilder plain = new ByteArrayBuilder(1 << 16);
    private final ThriftWriter header = new ThriftWriter(64);
    private int[] indices = new int[1 << 12];
    private int[] repetition = new int[1 << 12];
    private int[] definition = new int[1 << 12];
    private int levels;
    private int values;
    private ValueRange range;

    ChunkBuilder(DemoColumn column) {
        this.column = column;
        this.range = new ValueRange(column.type());
    }

    /** Adds a value that begins a row; {@code value} is shared, not copied. */
    void add(byte[] value) {
        add(0, value);
    }

    void add(int repetitionLevel, byte[] value) {
        addLevels(repetitionLevel, column.maxDefinitionLevel());
        range.add(value);
        if (column.encoding().isDictionary()) {
            addIndex(value);
        } else {
            appendPlain(value);
        }
        values++;
    }

    private void addIndex(byte[] value) {
        Integer known = dictionary.putIfAbsent(value, dictionary.size());
        if (known == null) {
            appendPlain(value);
        }
        if (values == indices.length) {
            indices = Arrays.copyOf(indices, 2 * values);
        }
        indices[values] = known == null ? dictionary.size() - 1 : known;
    }

    /** Adds a row without a value. */
    void addMissing(int definitionLevel) {
        addLevels(0, definitionLevel);
    }

    private void addLevels(int repetitionLevel, int definitionLevel) {
        if (levels == definition.length) {
            repetition = Arrays.copyOf(repetition, 2 * levels);
            definition = Arrays.copyOf(definition, 2 * levels);
        }
        repetition[levels] = repetitionLevel;
        definition[levels++] = definitionLevel;
    }

    private void appendPlain(byte[] value) {
        if (column.type() == PhysicalType.BYTE_ARRAY) {
            plain.appendInt(value.length);
        }
        plain.append(value, 0, value.length);
    }

    /** Appends the chunk to {@code out} and begins the next one. */
    DemoChunk finish(ByteArrayBuilder out, long offsetInFile) {
        int start = out.size();
        long uncompressed = 0;
        if (column.encoding().isDictionary()) {
            uncompressed += page(plain, true, out);
        }
        long dataPageOffset = offsetInFile + out.size() - start;
        uncompressed += page(dataPage(), false, out);
        DemoChunk chunk = new DemoChunk(
                column, offsetInFile, dataPageOffset, out.size() - start, uncompressed, levels, levels - values, range);
        clear();
        return chunk;
    }

    private ByteArrayBuilder dataPage() {
        ByteArrayBuilder body = new ByteArrayBuilder(1 << 16);
        appendLevels(repetition, column.maxRepetitionLevel(), body);
        appendLevels(definition, column.maxDefinitionLevel(), body);
        if (column.encoding().isDictionary()) {
            int width = BitWidth.forEntries(dictionary.size());
            body.append(width);
            HybridEncoder.encode(indices, 0, values, width, body);
        } else {
            body.append(plain.array(), 0, plain.size());
        }
        return body;
    }

    private void appendLevels(int[] source, int maxLevel, ByteArrayBuilder body) {
        if (maxLevel == 0) {
            return;
        }
        int length = body.size();
        body.appendInt(0);
        HybridEncoder.encode(source, 0, levels, BitWidth.of(maxLevel), body);
        body.setInt(length, body.size() - length - Integer.BYTES);
    }

    /** Gives the page's uncompressed size, header included. */
    private int page(ByteArrayBuilder body, boolean isDictionary, ByteArrayBuilder out) {
        byte[] packed = new byte[codec.maxCompressedLength(body.size())];
        int length = codec.compress(body.array(), 0, body.size(), packed, 0);
        PageHeader page = isDictionary
                ? PageHeader.dictionaryPage(body.size(), length, dictionary.size(), 0)
                : PageHeader.dataPage(
                        body.size(), length, levels, column.encoding().value());
        header.clear();
        page.write(header);
        out.append(header.array(), 0, header.size());
        out.append(packed, 0, length);
        return header.size() + body.size();
    }

    private void clear() {
        dictionary.clear();
        plain.clear();
        levels = 0;
        values = 0;
        range = new ValueRange(column.type());
    }
}
