package io.glulam.storage;

import org.jspecify.annotations.Nullable;

/**
 * The writer, as a file's footer tells it.
 *
 * @param createdBy {@code created_by}; null if absent
 * @param columnOrdersDeclared whether {@code column_orders} are there
 */
public record StatedWriter(@Nullable String createdBy, boolean columnOrdersDeclared) {}
