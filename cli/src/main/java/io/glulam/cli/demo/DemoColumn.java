package io.glulam.cli.demo;

import io.glulam.shape.TargetField;

/**
 * A column of the demonstration's file.
 *
 * @param field of the schema's root; holds one leaf column
 * @param hasDictionary whether its chunks have a dictionary; the others are PLAIN
 * @param values where its values come from
 */
record DemoColumn(TargetField field, boolean hasDictionary, Values values) {
    /** Gives the values of one row after the other. */
    interface Values {
        /** Adds those of {@code row} to {@code triplets}. */
        void add(DemoRow row, DemoTriplets triplets);
    }
}
