package io.glulam.schema;

import java.io.Serializable;

/**
 * The rules by which two fields are the same.
 *
 * @param widen whether columns may become wider
 */
public record SchemaRules(boolean widen) implements Serializable {}
