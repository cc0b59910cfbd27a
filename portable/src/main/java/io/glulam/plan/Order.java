package io.glulam.plan;

/** In which order the output holds the source's row groups. Rows within a row group never change their order. */
public enum Order {
    /** The rows keep their order in the file. */
    PRESERVE,
    /** Healthy row groups first, in their order, then all fragments merged behind them, in theirs. */
    HEALTHY_FIRST
}
