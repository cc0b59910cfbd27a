package io.glulam.schema;

import java.io.Serializable;

/**
 * What makes two fields the same.
 *
 * @param widen whether columns may become wider
 */
public record SchemaRules(boolean widen) implements Serializable {}
