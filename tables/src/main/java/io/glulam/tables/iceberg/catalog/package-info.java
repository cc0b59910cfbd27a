/**
 * Catalogs of Iceberg tables: their configuration, what is taken of their answers, and how a table is loaded.
 *
 * <p>Internal.
 */
@NullMarked
package io.glulam.tables.iceberg.catalog;

import org.jspecify.annotations.NullMarked;
