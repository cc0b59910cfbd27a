package io.glulam.testkit.generate;

/** How the values of one leaf are distributed over the rows of a file. */
public enum ValueShape {
    /** Nothing but nulls; for a required leaf, one constant. */
    ALL_NULL,
    /** One value. */
    CONSTANT,
    /** A handful of values in random order, the same handful throughout. */
    LOW_CARDINALITY,
    /** A handful of values at any time, but slowly replaced: neighbouring dictionaries overlap, distant ones do not. */
    DRIFTING,
    /** Nearly every value occurs once. */
    HIGH_CARDINALITY,
    /** Ascending in the column's own order. */
    SORTED,
    /** Long runs of one value, among them runs of nulls. */
    RUNS,
    /** The edges of the type (NaN with payloads, −0, infinities, extremes, empty and long strings) among others. */
    SPECIAL
}
