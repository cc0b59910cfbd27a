/**
 * Decodes columns into batches of triplets: repetition level, definition level and value, for recoding and comparing. Apart
 * from the decoders of {@code splice}, whose work it checks. Claims are checked before anything is allocated, one page
 * is in memory at a time, and values are bits: parquet-java canonicalises NaN and trusts lengths. Tests hold it against
 * parquet-java. May use {@code page}, {@code statistics} and below.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.decode;

import org.jspecify.annotations.NullMarked;
