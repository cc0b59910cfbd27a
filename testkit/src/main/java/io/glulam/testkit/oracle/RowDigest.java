package io.glulam.testkit.oracle;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.Type;

/** 64 bits that stand for all values of a row, bit for bit, with nulls and nesting. Not for adversaries. */
final class RowDigest {
    private static final long START = 0x243F6A8885A308D3L;

    private RowDigest() {}

    static long of(Group group) {
        long digest = START;
        for (int field = 0; field < group.getType().getFieldCount(); field++) {
            Type type = group.getType().getType(field);
            int count = group.getFieldRepetitionCount(field);
            digest = mix(digest, count);
            for (int i = 0; i < count; i++) {
                long value = type.isPrimitive() ? ofValue(group, field, i) : of(group.getGroup(field, i));
                digest = mix(digest, value);
            }
        }
        return digest;
    }

    private static long ofValue(Group group, int field, int index) {
        return switch (group.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> group.getBoolean(field, index) ? 1 : 0;
            case INT32 -> group.getInteger(field, index);
            case INT64 -> group.getLong(field, index);
            case FLOAT -> Float.floatToRawIntBits(group.getFloat(field, index));
            case DOUBLE -> Double.doubleToRawLongBits(group.getDouble(field, index));
            case INT96 -> ofBytes(group.getInt96(field, index));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> ofBytes(group.getBinary(field, index));
        };
    }

    private static long ofBytes(Binary binary) {
        long digest = binary.length();
        for (byte b : binary.getBytesUnsafe()) {
            digest = mix(digest, b);
        }
        return digest;
    }

    /** Depends on the order of its calls. */
    static long mix(long digest, long value) {
        long mixed = (Long.rotateLeft(digest, 23) ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 32);
    }
}
