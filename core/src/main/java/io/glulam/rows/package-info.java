/** Rows of a Parquet file as Java values: columns chosen, rows passed over, nested fields assembled. */
@NullMarked
package io.glulam.rows;

import org.jspecify.annotations.NullMarked;
