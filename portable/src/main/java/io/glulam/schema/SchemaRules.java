package io.glulam.schema;

/**
 * What makes two fields the same.
 *
 * @param widen whether columns may become wider
 */
public record SchemaRules(boolean widen) {}
