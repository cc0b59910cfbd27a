package io.glulam.spark.procedure;

import org.apache.spark.sql.types.DataType;

/**
 * A parameter of a procedure.
 *
 * @param required whether a call has to give it; one that is not given is null
 * @param comment for people
 */
public record Parameter(String name, DataType type, boolean required, String comment) {
    static Parameter required(String name, DataType type, String comment) {
        return new Parameter(name, type, true, comment);
    }

    static Parameter optional(String name, DataType type, String comment) {
        return new Parameter(name, type, false, comment);
    }
}
