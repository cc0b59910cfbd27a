package io.glulam.statistics;

import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;

/** Lists of the page index's structures in Thrift's compact protocol. */
final class ThriftLists {
    private static final byte[] EMPTY = {};

    private ThriftLists() {}

    /** Reads a list field of 64-bit counts, negative ones as they are: a writer's word for unknown. */
    static long[] readCounts(ThriftReader reader) {
        int size = openList(reader, ThriftReader.I64);
        long[] counts = new long[size];
        for (int i = 0; i < size; i++) {
            counts[i] = reader.readI64();
        }
        return counts;
    }

    static boolean[] readBooleans(ThriftReader reader) {
        reader.expect(ThriftReader.LIST);
        int size = reader.readListHeader();
        if (size > 0 && reader.elementType() != ThriftReader.TRUE && reader.elementType() != ThriftReader.FALSE) {
            throw reader.corrupt("a list of Thrift type " + reader.elementType() + ", expected booleans");
        }
        boolean[] values = new boolean[size];
        for (int i = 0; i < size; i++) {
            values[i] = reader.readBooleanElement();
        }
        return values;
    }

    static byte[][] readBinaries(ThriftReader reader) {
        int size = openList(reader, ThriftReader.BINARY);
        byte[][] values = new byte[size][];
        for (int i = 0; i < size; i++) {
            byte[] value = reader.readBinary();
            values[i] = value.length == 0 ? EMPTY : value;
        }
        return values;
    }

    /** Enters a list field whose elements are of {@code type}; the result is its size. */
    static int openList(ThriftReader reader, int type) {
        reader.expect(ThriftReader.LIST);
        return reader.readListHeader(type);
    }

    static void writeCounts(ThriftWriter writer, int field, long[] counts) {
        writer.field(field, ThriftReader.LIST);
        writer.listHeader(ThriftReader.I64, counts.length);
        for (long count : counts) {
            writer.writeI64(count);
        }
    }

    static void writeBooleans(ThriftWriter writer, int field, boolean[] values) {
        writer.field(field, ThriftReader.LIST);
        writer.listHeader(ThriftReader.TRUE, values.length);
        for (boolean value : values) {
            writer.writeBooleanElement(value);
        }
    }

    static void writeBinaries(ThriftWriter writer, int field, byte[][] values) {
        writer.field(field, ThriftReader.LIST);
        writer.listHeader(ThriftReader.BINARY, values.length);
        for (byte[] value : values) {
            writer.writeBinary(value);
        }
    }
}
