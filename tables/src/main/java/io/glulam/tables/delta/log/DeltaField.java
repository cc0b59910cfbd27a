package io.glulam.tables.delta.log;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A column of the table's schema, or a field of a struct.
 *
 * @param name for users
 * @param physicalName in data files and statistics; the name where columns are not mapped
 * @param id the field id in data files; null where columns are not mapped
 * @param type its type
 */
public record DeltaField(
        String name, String physicalName, @Nullable Integer id, DeltaType type) implements Serializable {}
