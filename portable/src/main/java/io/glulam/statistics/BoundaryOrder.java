package io.glulam.statistics;

import org.jspecify.annotations.Nullable;

/** The specification's {@code BoundaryOrder}, in its order: the ordinal is the Thrift value. */
public enum BoundaryOrder {
    UNORDERED,
    ASCENDING,
    DESCENDING;

    private static final BoundaryOrder[] VALUES = values();

    /** The order of that Thrift value; null for one that this version does not know. */
    public static @Nullable BoundaryOrder of(int value) {
        return value >= 0 && value < VALUES.length ? VALUES[value] : null;
    }
}
