/**
 * Moves values: takes what {@code decode} gives, encodes it through Apache Parquet's writers and describes the pages.
 * May use {@code decode}, {@code page}, {@code statistics} and below, and {@code org.apache.parquet.column}.
 */
@NullMarked
package io.glulam.recode;

import org.jspecify.annotations.NullMarked;
