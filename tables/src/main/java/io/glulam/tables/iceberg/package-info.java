/**
 * Apache Iceberg: reads a table's state from its catalog, merges its files and commits them by Iceberg's own rules.
 *
 * <p>Internal: only {@code IcebergTables} is meant for other modules.
 */
@NullMarked
package io.glulam.tables.iceberg;

import org.jspecify.annotations.NullMarked;
