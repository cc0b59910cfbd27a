package io.glulam.format;

import org.jspecify.annotations.Nullable;

/** The specification's {@code FieldRepetitionType}, in its order: the ordinal is the Thrift value. */
public enum Repetition {
    REQUIRED,
    OPTIONAL,
    REPEATED;

    private static final Repetition[] VALUES = values();

    /** Returns the repetition of that Thrift value; null for one that this version does not know. */
    public static @Nullable Repetition of(int value) {
        return value >= 0 && value < VALUES.length ? VALUES[value] : null;
    }
}
