package io.glulam.schema;

/**
 * Why two schemas do not become one.
 *
 * @param column path of the field, joined with dots
 * @param here what the file has, for people
 * @param there what the files before it have
 */
public record SchemaMismatch(String column, String here, String there) {}
