/**
 * Moves values: takes what {@code decode} gives in batches, encodes it in loops over primitive arrays and describes the
 * pages. Shares no code with the decoders, which check what it wrote; tests hold it against parquet-java. May use
 * {@code decode}, {@code page}, {@code statistics} and below.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.recode;

import org.jspecify.annotations.NullMarked;
