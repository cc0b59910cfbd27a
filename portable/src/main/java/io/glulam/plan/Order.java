package io.glulam.plan;

/** The order of the source's row groups in the output. Rows within a row group never change their order. */
public enum Order {
    /** The rows keep their order in the file. */
    PRESERVE,
    /** Healthy row groups first, in their order, then all fragments merged after them, in theirs. */
    HEALTHY_FIRST
}
