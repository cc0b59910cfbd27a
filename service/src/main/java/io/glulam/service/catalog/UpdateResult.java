package io.glulam.service.catalog;

/** The result of a {@link DatasetUpdate}. */
public enum UpdateResult {
    /** All written, the flag is cleared. */
    FLAG_CLEARED,
    /** Size and time are written, the flag is as it was: the row had changed, or keeping it was asked for. */
    FLAG_KEPT,
    /** There is no such row, or it is hidden from us: nothing was written. */
    MISSING
}
