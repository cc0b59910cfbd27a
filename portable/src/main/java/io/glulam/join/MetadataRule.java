package io.glulam.join;

/** Which entries of the key-value metadata an output gets where its inputs do not all have the same. */
public enum MetadataRule {
    /** Those that all inputs have with the same value; the others are dropped and named. */
    COMMON,
    /** Those of the first input; entries that only others have are dropped and named. */
    FIRST,
    /** Inputs whose entries differ are refused. */
    FAIL
}
