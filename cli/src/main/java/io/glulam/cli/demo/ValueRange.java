package io.glulam.cli.demo;

import io.glulam.format.LittleEndian;
import io.glulam.format.PhysicalType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The smallest and the largest of some values. Not thread-safe. */
final class ValueRange {
    private final PhysicalType type;
    private byte @Nullable [] min;
    private byte @Nullable [] max;

    ValueRange(PhysicalType type) {
        this.type = type;
    }

    void add(byte[] value) {
        if (min == null || compare(value, min) < 0) {
            min = value;
        }
        if (max == null || compare(value, max) > 0) {
            max = value;
        }
    }

    /** As PLAIN bytes without length; null if there was no value. */
    byte @Nullable [] min() {
        return min;
    }

    /** As PLAIN bytes without length; null if there was no value. */
    byte @Nullable [] max() {
        return max;
    }

    private int compare(byte[] one, byte[] other) {
        return switch (type) {
            case INT32 -> Integer.compare(LittleEndian.getInt(one, 0), LittleEndian.getInt(other, 0));
            case INT64 -> Long.compare(LittleEndian.getLong(one, 0), LittleEndian.getLong(other, 0));
            case DOUBLE ->
                Double.compare(
                        Double.longBitsToDouble(LittleEndian.getLong(one, 0)),
                        Double.longBitsToDouble(LittleEndian.getLong(other, 0)));
            case BYTE_ARRAY -> Arrays.compareUnsigned(one, other);
            default -> throw new IllegalStateException("the demonstration has no column of type " + type);
        };
    }
}
