package io.glulam.tables.delta.log;

import java.io.Serializable;
import java.util.List;

/** The type of a column, as the table's schema has it. */
public sealed interface DeltaType extends Serializable {
    /**
     * A type without fields or elements.
     *
     * @param name as Delta writes it: {@code long}, {@code timestamp_ntz}, {@code decimal}
     */
    record Primitive(String name) implements DeltaType {}

    /** A group of fields. */
    record Struct(List<DeltaField> fields) implements DeltaType {
        public Struct {
            fields = List.copyOf(fields);
        }
    }

    /** A list. */
    record ListOf(DeltaType element) implements DeltaType {}

    /** A map. */
    record MapOf(DeltaType key, DeltaType value) implements DeltaType {}
}
