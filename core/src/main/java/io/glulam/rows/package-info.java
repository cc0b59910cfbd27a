/**
 * Rows of a Parquet file as Java values: columns chosen, rows passed over, nested fields assembled.
 *
 * <p>Internal: may change with any version, but for {@code RowReader}, {@code MapEntries} and {@code NestedTypes}.
 */
@NullMarked
package io.glulam.rows;

import org.jspecify.annotations.NullMarked;
