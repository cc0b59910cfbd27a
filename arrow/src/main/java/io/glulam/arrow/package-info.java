/** Rows of a Parquet file as vectors of Apache Arrow, and as a stream of Arrow's IPC format. */
@NullMarked
package io.glulam.arrow;

import org.jspecify.annotations.NullMarked;
